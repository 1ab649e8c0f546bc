"""A logo for a page: a picture from a file, checked, and embedded so that nothing is fetched."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from ...sim.border import border
from ...sim.errors import InputError

# A page is one file that is sent by mail.
LARGEST: Final = 500_000
_ALLOWED: Final = "give a PNG, a JPEG or an SVG without scripts, of at most 500 kB"
_KINDS: Final = {"PNG": "png", "JPEG": "jpeg"}
# What an SVG may do beside being a picture: run something, or ask for something.
_ACTIVE: Final = frozenset(("script", "foreignobject", "iframe", "object", "embed", "handler"))
_OUTSIDE: Final = re.compile(r"@import|url\(\s*['\"]?(?!#|data:image/)|javascript:", re.IGNORECASE)


def logo(file: str | Path) -> str:
    """The ``data:`` address of a picture.

    Parameters
    ----------
    file
        A PNG, a JPEG, or an SVG in which nothing runs and which asks for nothing.

    Raises
    ------
    InputError
        If it is something else, or larger than 500 kB.
    StorageError
        If it cannot be read.
    """
    with border(str(file), fault="this is no picture that a page can have", remedy=_ALLOWED):
        data = Path(file).read_bytes()
        if not data or len(data) > LARGEST:
            raise InputError(f"{file}: it has {len(data):,} bytes; {_ALLOWED}.")
        kind = _drawing(str(file), data) if b"<svg" in data[:4096].lower() else _pixels(data)
    if not kind:
        raise InputError(f"{file}: this is no PNG, JPEG or SVG; {_ALLOWED}.")
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def _pixels(data: bytes) -> str:
    """Which kind of pixels it is; empty if none that is allowed."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=tuple(_KINDS)) as picture:
            picture.verify()
            return _KINDS[str(picture.format)]
    except UnidentifiedImageError:
        return ""


def _drawing(file: str, data: bytes) -> str:
    """That an SVG is a picture and nothing else."""
    if re.search(rb"<!(doctype|entity)", data, re.IGNORECASE):
        raise InputError(f"{file}: it declares entities; {_ALLOWED}.")
    with border(file, fault="this is no SVG", remedy=_ALLOWED):
        root = ET.fromstring(data)  # noqa: S314  without entities there is nothing to blow up
    if _local(root.tag) != "svg":
        raise InputError(f"{file}: its root is {_local(root.tag)!r} and not svg; {_ALLOWED}.")
    for each in root.iter():
        if _local(each.tag) in _ACTIVE:
            raise InputError(f"{file}: it has a {_local(each.tag)!r} in it; {_ALLOWED}.")
        for name, value in each.attrib.items():
            _quiet(file, _local(name), value)
        if _local(each.tag) == "style" and _OUTSIDE.search(each.text or ""):
            raise InputError(f"{file}: its style asks for something from elsewhere; {_ALLOWED}.")
    return "svg+xml"


def _quiet(file: str, name: str, value: str) -> None:
    """Refuse an attribute that runs something, or asks for something from elsewhere."""
    if name.startswith("on"):
        raise InputError(f"{file}: {name} = {value[:40]!r} would run something; {_ALLOWED}.")
    asks = name in ("href", "src") and not value.strip().startswith(("#", "data:image/"))
    if asks or _OUTSIDE.search(value):
        raise InputError(
            f"{file}: {name} = {value[:40]!r} asks for something from elsewhere; {_ALLOWED}."
        )


def _local(name: str) -> str:
    """The name without its namespace, in small letters."""
    return name.rpartition("}")[2].lower()
