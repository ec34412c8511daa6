"""Tags that every page of the house may use."""
