"""Competition for attention alone: memes that differ in nothing, on screens that hold few."""

from .popularity import Popularity
from .run import competition

__all__ = ["Popularity", "competition"]
