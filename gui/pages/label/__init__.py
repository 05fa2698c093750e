"""Label the texts from which a skill would learn most, one at a time, by the keyboard."""
