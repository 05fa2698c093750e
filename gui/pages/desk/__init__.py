"""The desk: questions that wait for a person, approved answers, figures, and the agents."""
