"""One module per noun of the command line: what it takes, and the request it becomes."""
