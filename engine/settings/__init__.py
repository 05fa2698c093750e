"""Every option of the workspace, declared once: type, default, range, unit."""
