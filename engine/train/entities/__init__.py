"""Entities: teach a reader of names and terms from marked texts."""
