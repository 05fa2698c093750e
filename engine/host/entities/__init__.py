"""Entities in the host: from stored data to a taught reader, and from texts to entities."""
