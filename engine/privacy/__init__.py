"""Personal data: where it stands in a text."""
