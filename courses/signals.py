"""News that courses send upwards."""

from django.dispatch import Signal

course_completed = Signal()
"""A completion was recorded. Keyword argument: `completion`. Sent inside the transaction that writes
it: a receiver rings on commit, and does no work of its own."""
