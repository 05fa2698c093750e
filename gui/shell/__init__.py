"""The frame around the pages: rail, gate, strip of running jobs."""
