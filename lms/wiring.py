"""The cross-app story: who is told when something has happened below. The only file that connects signals."""


def connect() -> None:
    """Connect the two signals of the house."""
