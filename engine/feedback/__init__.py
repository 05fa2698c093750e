"""Learning from use: which texts a person should label next."""
