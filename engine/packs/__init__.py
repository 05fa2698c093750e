"""Model packs: what a pack says of itself, how it is checked, and how it travels as one file."""
