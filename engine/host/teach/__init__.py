"""Teaching in the host: forecasts, memory, interrupted trainings, versions compared, what was learned from use."""
