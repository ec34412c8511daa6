"""How often one client may ask: generous to an office that checks a pile, tiresome for who guesses.

The count stands in the cache that all web workers share, under a keyed hash of the client's address,
for five minutes. It guards names and the database; the codes guard themselves with 100 bits.
"""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

WINDOW_SECONDS = 300


@dataclass(frozen=True)
class Limit:
    """How often something may happen in five minutes."""

    name: str
    times: int


LOOK_UPS = Limit("look-up", 120)
MISSES = Limit("miss", 20)
NAMES = Limit("name", 10)
NAMES_OF_A_CODE = Limit("name of a code", 40)


def take(limit: Limit, who: str, now: datetime) -> bool:
    """Count one more, and return whether that was still allowed."""
    key = _key(limit, who, now)
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key)) <= limit.times
    except ValueError:  # it ran out between the two calls
        return True


def is_spent(limit: Limit, who: str, now: datetime) -> bool:
    """Return whether nothing is left, without counting."""
    return int(cache.get(_key(limit, who, now), 0)) >= limit.times


def seconds_left(now: datetime) -> int:
    """Return how long it is until the count begins anew."""
    return WINDOW_SECONDS - int(now.timestamp()) % WINDOW_SECONDS


def network_of(address: str) -> str:
    """Return what one client is known by: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(parsed) if parsed.version == 4 else str(ip_network((parsed, 64), strict=False))


def _key(limit: Limit, who: str, now: datetime) -> str:
    window = int(now.timestamp()) // WINDOW_SECONDS
    return "limit-" + salted_hmac(limit.name, f"{window}:{who}", algorithm="sha256").hexdigest()
