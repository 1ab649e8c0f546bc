"""Figures of a campaign: each a function from a result to a picture."""
