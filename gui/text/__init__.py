"""Texts that belong to codes of the engine, and the choice of language."""
