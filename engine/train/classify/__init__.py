"""Teach a skill to label texts: features, head, calibration, report."""
