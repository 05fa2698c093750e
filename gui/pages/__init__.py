"""One folder per page of the rail."""
