"""GGUF files: a bounded reader of their headers, what a generator's file says of itself, and its chat template."""
