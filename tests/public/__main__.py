"""Writes what people call anew: ``python -m tests.public``; the diff is read."""

from .surface import FILE, surface

FILE.write_text(surface(), encoding="utf-8")
