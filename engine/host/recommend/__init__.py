"""What the recommendation handlers share: data for learning, opened packs, forgetting, evaluation."""
