"""What each of several changes adds: Shapley values."""
