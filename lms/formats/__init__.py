"""How dates and times are written: months in words, hours with AM and PM."""
