"""Documents, data sets and models of the workspace."""
