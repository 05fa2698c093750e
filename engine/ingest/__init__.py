"""Files to raw records and documents; one module per format."""
