"""Reusable pieces that know nothing of this program."""
