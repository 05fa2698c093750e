"""Label texts with a taught skill, or by the names of the labels alone."""
