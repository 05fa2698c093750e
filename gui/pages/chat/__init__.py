"""Ask questions about the own documents, with the source of every answer in view."""
