"""Studies: many runs of one model over axes of parameters, kept so that none is ever lost."""
