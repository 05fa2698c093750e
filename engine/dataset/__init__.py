"""Records to data sets: how rows are kept, checked and counted."""
