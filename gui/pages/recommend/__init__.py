"""Suggest items to people from what was chosen before, and see how good the suggestions are."""
