"""What columns are called in the files of other tools, and what that says."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_BLANK: Final = re.compile(r"[\W_]+")

# Both ends of a tie, and no word about who hears whom.
_PAIRS: Final = (
    ("source", "target"),
    ("from", "to"),
    ("fromnodeid", "tonodeid"),
    ("fromid", "toid"),
    ("fromnode", "tonode"),
    ("sourceid", "targetid"),
    ("sourcenode", "targetnode"),
    ("src", "dst"),
    ("src", "dest"),
    ("src", "destination"),
    ("src", "tgt"),
    ("source", "dest"),
    ("source", "destination"),
    ("ego", "alter"),
    ("vertex1", "vertex2"),
    ("von", "nach"),
    ("quelle", "ziel"),
    ("origen", "destino"),
)
# The first passes on what the second hears.
_SPOKEN: Final = (
    ("sender", "receiver"),
    ("sender", "recipient"),
    ("caller", "callee"),
    ("influencer", "influenced"),
)
_FOLLOWERS: Final = frozenset(("follower", "followerid", "followername", "followeruserid"))
_FOLLOWED: Final = frozenset(
    (
        "followee", "followeeid", "followeename", "followed", "followedid", "following",
        "followingid", "friend", "friendid", "user", "userid", "username", "account", "accountid",
        "leader", "influencer", "creator", "creatorid", "target", "targetid",
    )
)  # fmt: skip
# Who follows and who is followed, where a column beside is the other end: counts are called so too.
_HEARS: Final = re.compile(r"followers?((user)?(id|name)s?)?")
_HEARD: Final = re.compile(r"follow(s|ing|ings|ed|ees?)((user)?(id|name)s?)?")
# Both ends, where nobody is called that: `name1` may well be a person.
_PERHAPS: Final = (
    "v", "n", "x", "id", "name", "node", "user", "userid", "person", "people", "actor", "member",
    "friend", "author",
)  # fmt: skip
_ENDINGS: Final = (("1", "2"), ("a", "b"), ("i", "j"), ("0", "1"), ("x", "y"))

WEIGHTS: Final = ("weight", "weights", "edgeweight", "closeness", "strength", "tiestrength")
COUNTS: Final = ("count", "counts")
TIMES: Final = (
    "time", "timestamp", "date", "datetime", "when", "ts", "unixtime", "createdat", "starttime",
)  # fmt: skip
KINDS: Final = ("type", "edgetype", "directedness")
# What the first column of a table of people is called, and never that of a table of ties.
PEOPLE: Final = frozenset(
    (
        "id", "ids", "nodeid", "node", "nodes", "label", "name", "names", "user", "users", "userid",
        "username", "person", "people", "personid", "vertex", "vertices", "key", "handle",
        "screenname", "member", "memberid", "customer", "customerid",
    )
)  # fmt: skip


TO_PEOPLE: Final = "if it is a table of people, give it as --people FILE"


class Ends(NamedTuple):
    """The columns of a tie: who is heard, who hears, and whether the names say so."""

    source: int
    target: int
    arrow: bool


def plain(name: str) -> str:
    """A name without its case, blanks and signs."""
    return _BLANK.sub("", name.strip().lower())


def ends_of(names: list[str]) -> Ends | None:
    """The two ends of a tie among the names of columns, where the names say it for certain."""
    known = [plain(name) for name in names]
    place = {name: k for k, name in reversed(list(enumerate(known)))}
    for first, second in _PAIRS:
        if first in place and second in place:
            return Ends(place[first], place[second], arrow=False)
    return _spoken(place)


def _spoken(place: dict[str, int]) -> Ends | None:
    """The ends where the names say who hears whom: a follower hears."""
    for first, second in _SPOKEN:
        if first in place and second in place:
            return Ends(place[first], place[second], arrow=True)
    hears = sorted(place[name] for name in _FOLLOWERS & place.keys())
    heard = sorted(place[name] for name in _FOLLOWED & place.keys())
    return Ends(heard[0], hears[0], arrow=True) if heard and hears else None


def arrow_of(first: str, second: str) -> Ends | None:
    """What two columns that were named by somebody say of who hears whom."""
    known = [plain(first), plain(second)]
    spoken = _spoken({name: k for k, name in reversed(list(enumerate(known)))})
    hears = [k for k, name in enumerate(known) if _HEARS.fullmatch(name)]
    heard = [k for k, name in enumerate(known) if _HEARD.fullmatch(name)]
    if spoken is None and len(hears) <= 1 and len(heard) <= 1 and (hears or heard):
        who = hears[0] if hears else 1 - heard[0]
        return Ends(1 - who, who, arrow=True)
    return spoken


def naming(first: str, second: str) -> str:
    """The options that name two columns as the ends of a tie, with what their names say."""
    spoken = arrow_of(first, second)
    options = f"--source {first!r} --target {second!r}"
    if spoken is None:
        return options
    return options + (" --directed" if spoken.source == 0 else " --directed --arrow follows")


def perhaps_ends(first: str, second: str) -> bool:
    """Whether two words are likely names of columns, such as `name1` and `name2`."""
    one, other = plain(first), plain(second)
    return any(
        one.removesuffix(a) in _PERHAPS and other == one.removesuffix(a) + b and one.endswith(a)
        for a, b in _ENDINGS
    )


def find(names: list[str], known: tuple[str, ...] | frozenset[str]) -> int | None:
    """The first column that is called one of these."""
    return next((k for k, name in enumerate(names) if plain(name) in known), None)
