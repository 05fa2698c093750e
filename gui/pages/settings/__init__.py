"""Look, safety, backup, and what this program is."""
