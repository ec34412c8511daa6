"""The lasting record: certificates, what became of them, who asked about them."""

from certificates.models.certificate import (
    Certificate,
    CertificateEvent,
    CertificateName,
    CertificateNote,
    CertificateQuerySet,
    NumberSeries,
)
from certificates.models.check import Check

__all__ = [
    "Certificate",
    "CertificateEvent",
    "CertificateName",
    "CertificateNote",
    "CertificateQuerySet",
    "Check",
    "NumberSeries",
]
