"""More from small labels: changed copies of their texts, and weights."""
