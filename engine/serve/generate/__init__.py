"""Text from a generator: what is asked of it, and the worker that writes it."""
