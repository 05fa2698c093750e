"""A look at how fast and how well each method would do on a data set, on a sample and within half a minute."""
