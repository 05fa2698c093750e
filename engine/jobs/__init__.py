"""Long acts: progress, cancel, and the child processes that native or heavy work runs in."""
