"""What the five texts claim, each claim run off and on."""
