"""The window. It asks the engine through `gui.bridge` and imports no heavy part of it."""
