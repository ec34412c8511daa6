"""Tags of the pages about certificates."""
