"""The printable report of a taught skill: content once, written as HTML or as PDF."""
