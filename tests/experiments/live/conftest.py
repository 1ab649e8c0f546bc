"""Of every test of the live page: the page, opened in a browser."""

from .browsing import opened, server  # noqa: F401
