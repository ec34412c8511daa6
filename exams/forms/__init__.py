"""What comes in from outside: a candidate's answer, an author's item, exam and topic."""
