"""What holds a campaign back: each stage turned a little, in the same worlds."""
