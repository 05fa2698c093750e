"""What a text says without a model: terms and lexical features."""
