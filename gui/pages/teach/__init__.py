"""Teach a skill on a guided path: data, check, method, training, report, use."""
