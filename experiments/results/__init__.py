"""A result: on disk, as tables, as figures, as a page."""
