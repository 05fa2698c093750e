"""The owner of the open workspace: takes requests, runs jobs, streams progress."""
