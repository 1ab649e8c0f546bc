"""The shipped scenarios, one TOML file each, and the loader of these and of anybody's."""

from .loader import load, names, question, read_tables

__all__ = ["load", "names", "question", "read_tables"]
