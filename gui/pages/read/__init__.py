"""Label texts with skills that were taught from examples, and teach new ones."""
