"""What the runs of a study say: from tables alone."""
