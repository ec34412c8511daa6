"""The records of people: who they are, and what they signed."""

from accounts.models.agreement import Agreement, AgreementText, Signature, SignatureName
from accounts.models.user import User

__all__ = ["Agreement", "AgreementText", "Signature", "SignatureName", "User"]
