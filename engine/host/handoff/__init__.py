"""The hand-off queue at work: opening and answering items, approved answers, figures, transcripts, learning."""
