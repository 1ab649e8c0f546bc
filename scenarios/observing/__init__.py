"""What was measured of a campaign: read from what other tools export, or refused by its name."""
