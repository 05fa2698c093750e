"""What the chat handlers share: indexing documents, finding candidates, answering within a conversation."""
