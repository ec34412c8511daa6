"""The doors of what is taught and of who takes it."""
