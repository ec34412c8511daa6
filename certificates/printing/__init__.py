"""How a certificate is set: wording, dates, lettering, and the press that makes the PDF."""
