"""A stored recommender to ranked items with true reasons."""
