"""News from the ground. The roof may listen; the ground knows nobody."""

from django.dispatch import Signal

# A person signed an agreement or confirmed the legal name. Sent with `person`, inside the transaction.
person_changed = Signal()
