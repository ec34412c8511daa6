"""Doors: the holder's, the certifier's, the registrar's. Those of strangers stand in `verify_views`."""
