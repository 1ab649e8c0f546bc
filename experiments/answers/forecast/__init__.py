"""A forecast: how a fitted campaign goes on, with bands, and how such bands held before."""
