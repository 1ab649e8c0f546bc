"""The lock files: what they name, in which version, and by which hashes."""

from __future__ import annotations

import importlib.metadata as metadata
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FILES = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


class Locked(NamedTuple):
    """A package in a lock file."""

    requirement: Requirement
    hashes: list[str]

    @property
    def name(self) -> str:
        """As registries write it."""
        return canonicalize_name(self.requirement.name)


def locked(file: str) -> list[Locked]:
    """The packages of a lock file."""
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            said, *hashes = re.split(r"\s--hash=", line)
            found.append(Locked(Requirement(said.strip()), [each.strip() for each in hashes]))
    return found


def asked(extra: str | None = None) -> list[Requirement]:
    """What the project asks for, or one of its extras."""
    extras = PROJECT["optional-dependencies"]
    return [
        Requirement(each) for each in (PROJECT["dependencies"] if extra is None else extras[extra])
    ]


def licence_of(name: str) -> str:
    """What an installed package says of its licence, in one line."""
    told = metadata.metadata(name)
    if expression := told.get("License-Expression"):
        return expression
    classified = [
        each.rpartition(" :: ")[2]
        for each in told.get_all("Classifier") or ()
        if "License ::" in each
    ]
    return "; ".join(classified) or (told.get("License") or "").strip().partition("\n")[0][:60]


def installed() -> dict[str, str]:
    """The packages of a user's installation that are installed here, with their licences.

    All that the project and the extras for users bring: not those for its tests and documentation.
    """
    wanted = [
        asked(extra)
        for extra in (
            None,
            "cluster",
            "sensitivity",
            "optimise",
            "viz",
            "excel",
            "live",
            "mesa-page",
        )
    ]
    waiting, found = [each for group in wanted for each in group], {}
    while waiting:
        requirement = waiting.pop()
        extras = sorted(requirement.extras) or [""]
        if requirement.marker and not any(
            requirement.marker.evaluate({"extra": each}) for each in ("", *requirement.extras)
        ):
            continue
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        try:
            told = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = licence_of(name)
        for line in told.requires or ():
            inner = Requirement(line)
            if inner.marker is None or any(inner.marker.evaluate({"extra": e}) for e in extras):
                inner.marker = None
                waiting.append(inner)
    return dict(sorted(found.items()))


def table() -> str:
    """The licences, a line each, as ``tests/supply/licences.tsv`` has them."""
    return "".join(f"{name}\t{licence}\n" for name, licence in installed().items())


if __name__ == "__main__":
    (Path(__file__).parent / "licences.tsv").write_text(table(), encoding="utf-8")
