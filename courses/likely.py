"""How sure a share of few items is: the band around it. Pure."""

from dataclasses import dataclass
from math import sqrt

Z_80 = 1.2816  # four out of five times the true share lies inside


@dataclass(frozen=True)
class Share:
    """A share in percent, with the band in which the true one likely lies."""

    percent: int
    low: int
    high: int

    @property
    def width(self) -> int:
        """How wide the band is, in percent."""
        return self.high - self.low


def share(right: int, of: int) -> Share:
    """Return a share with its 80 % interval (Wilson's, which behaves for few items)."""
    if of <= 0:
        return Share(0, 0, 100)
    p, z2 = right / of, Z_80**2
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z_80 * sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Share(
        round(p * 100), round(max(middle - half, 0) * 100), round(min(middle + half, 1) * 100)
    )
