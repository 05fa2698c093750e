"""What trained skills and indexed documents are used for: labels, answers, recommendations."""
