"""The stages of the funnel: one file each, with its formula and its kernel."""
