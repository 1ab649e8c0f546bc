"""What replicates say: intervals, chances, ratios."""
