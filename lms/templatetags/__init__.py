"""Tags of the start pages."""
