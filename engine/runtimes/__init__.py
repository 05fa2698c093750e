"""Inference sessions over native libraries, and how many threads they get."""
