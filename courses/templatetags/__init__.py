"""Tags of the training's pages."""
