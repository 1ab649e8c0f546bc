"""The five texts that the model starts from, by the number that a source is given by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TITLES: Final[Mapping[str, str]] = MappingProxyType({
    "000": "Success Model for Social Media Sharing",
    "001": "What are the goals of social media marketing or viral dissemination of messages?",
    "002": "Social Media Advocacy Model",
    "003": "Social Media Marketing",
    "004": "Engagement is the key to social media marketing success",
})  # fmt: skip


def titled(source: str) -> str:
    """A source with the titles of the texts that it names by number.

    Examples
    --------
    >>> titled("002; assumed")
    '"Social Media Advocacy Model" (002); assumed'
    >>> titled("Nielsen 2012, 2015")
    'Nielsen 2012, 2015'
    """
    return re.sub(r"\b\d{3}\b", lambda found: _titled(found[0]), source)


def _titled(number: str) -> str:
    return f'"{TITLES[number]}" ({number})' if number in TITLES else number
