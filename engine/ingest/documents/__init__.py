"""Documents to pages of plain text, one module per format."""
