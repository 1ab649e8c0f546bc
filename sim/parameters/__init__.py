"""The schema of a scenario: every parameter declared once, in the section of its stage."""

from .content import Channel, ContentType, Post
from .delay import Delay
from .scenario import Scenario

__all__ = ["Channel", "ContentType", "Delay", "Post", "Scenario"]
