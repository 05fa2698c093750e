"""The desk's turn of a conversation as values in and values out: intents, slots, templates, rules, hand-over."""
