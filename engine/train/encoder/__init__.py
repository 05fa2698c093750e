"""Adapting the encoder: torch lives here, and is imported in workers only."""
