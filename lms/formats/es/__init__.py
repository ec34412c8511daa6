"""Spanish of Latin America."""
