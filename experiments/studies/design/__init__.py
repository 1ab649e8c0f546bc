"""The design of a study: axes, samplers, points."""
