"""Jobs and the audit log."""
