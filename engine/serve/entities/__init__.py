"""Entities: names and terms found in texts, with numpy alone."""
