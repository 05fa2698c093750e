"""Generators: where their files are, how they are taken in and checked, and the worker that is kept for them."""
