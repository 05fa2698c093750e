"""Reading in the host: skills kept open, texts embedded, versions compared."""
