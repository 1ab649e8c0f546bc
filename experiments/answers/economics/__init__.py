"""What a campaign costs and is worth, and what may go wrong."""
