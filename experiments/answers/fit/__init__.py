"""A fit: what measured data tell of the parameters of a campaign, and what they cannot tell."""
