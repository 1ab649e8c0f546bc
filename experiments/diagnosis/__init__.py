"""What holds a campaign back, and what a change makes different: diagnoses and comparisons."""
