"""Renews what is vendored from npm: ``python -m wordofmouth.experiments.live.vendor``.

`page/vendor/vendor.json` says which packages, versions, digests and files.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

VENDOR: Final = Path(__file__).parent / "page" / "vendor"


def renew(package: dict[str, Any]) -> list[str]:
    """Fetch a package, check that it is the one that is named, and write its files.

    Raises
    ------
    ValueError
        If the registry's file has another digest.
    """
    name, version = package["package"], package["version"]
    address = f"{package['registry']}{name}/-/{name.rpartition('/')[2]}-{version}.tgz"
    with urlopen(address, timeout=60) as answer:  # noqa: S310  the address begins with https
        packed = answer.read()
    digest = "sha512-" + base64.b64encode(hashlib.sha512(packed).digest()).decode()
    if digest != package["integrity"]:
        raise ValueError(f"{address} has the digest {digest}, not {package['integrity']}.")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for inside, here in package["files"].items():
            member = archive.extractfile(f"package/{inside}")
            if member is None:
                raise ValueError(f"{address} has no {inside}.")
            (VENDOR / here).write_bytes(member.read())
    return list(package["files"].values())


if __name__ == "__main__":
    for each in json.loads((VENDOR / "vendor.json").read_text()):
        print(*renew(each), sep="\n", file=sys.stderr)
