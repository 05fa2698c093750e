"""The one door from the window to the engine."""
