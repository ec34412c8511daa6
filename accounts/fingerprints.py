"""Fingerprints of records: what a hashed, chained or frozen row is known by.

A frozen row holds ids and salted hashes, never a name: the name sits in a side row that can be
redacted, and the hash still proves what it was to whoever knows the name.
"""

import hashlib
import json
import secrets
from typing import Any


def canonical(payload: Any) -> bytes:
    """Return JSON as one and the same bytes for equal values (RFC 8785 for our subset: no floats)."""
    return json.dumps(
        payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def fingerprint(payload: Any) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(payload)).hexdigest()


def new_salt() -> str:
    """Return 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def salted(text: str, salt: str) -> str:
    """Return the hash under which a name or an address may stand in a frozen row."""
    return hashlib.sha256(f"{salt}\x1f{text}".encode()).hexdigest()
