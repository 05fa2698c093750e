"""The desk with the store and the models: who answers, what was heard, what is kept, and tests of conversations."""
