"""News that the assessment engine sends upwards."""

from django.dispatch import Signal

attempt_scored = Signal()
"""A score was appended. Keyword arguments: `attempt`, `score`. Sent inside the transaction that
writes the score: a receiver rings on commit, and does no work of its own."""
