"""Events and item texts to a recommender: components, tuning, blend, honest metrics."""
