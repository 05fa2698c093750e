"""Everything Casemate does, without a window. `engine.api` is the one door for front ends."""
