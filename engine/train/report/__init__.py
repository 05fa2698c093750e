"""How good a skill is beyond one number: by slice, under changes, and where no label fits."""
