"""Data sets to skills; one readable file per method."""
