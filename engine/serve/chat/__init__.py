"""Answers from documents: retrieve, judge, quote, or say that it is not there."""
