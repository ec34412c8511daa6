"""The provider's seal: rings of a tree around two painted marks, the provider's name in the outer ring."""

from functools import lru_cache
from pathlib import Path

from certificates.printing import lettering

ART = Path(__file__).parent / "art"
RIM = '<path fill="#f2b632"'  # the two marks in the rim: words are drawn before them


@lru_cache(maxsize=8)
def seal(name: str, place: str) -> str:
    """Return the seal as SVG. A name that does not fit, or that our face lacks, is left out."""
    rings = (ART / "rings.svg").read_text(encoding="utf-8")
    words = lettering.ring(name, 75.5, 14.5, at_top=True) + lettering.ring(
        place, 86, 14.5, at_top=False
    )
    return rings.replace(RIM, f'<path fill="#fbf3fa" d="{words}"/>\n  {RIM}') if words else rings
