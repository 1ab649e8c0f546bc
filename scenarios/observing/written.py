"""A short scenario file: its numbers one by one, each with a comment that says where it is from."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from ...sim.border import border
from ...sim.parameters import Scenario
from ..toml import literal, parsed

_WIDTH: Final = 30
_LONG: Final = 60
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
# The people whom everybody is followed by, where nobody knows better.
FRIENDS: Final = 97.0
# The best known are heard by so many times the mean; with that those who hear a friend's post are
# heard by half as many again as others, measured over networks of 5,000 to 100,000 people and means
# of 30 to 300: your friends have more friends than you have (Feld 1991).
HUBS: Final = 20.0
PARADOX: Final = 1.5
# From so many people for each friend on that is so.
ROOM: Final = 50
FRIENDS_FROM: Final = "Ugander et al. 2011: the median user of Facebook has 99 friends"


class Line(NamedTuple):
    """A parameter that is written: its path, its value, and where that is from."""

    path: str
    value: Any
    why: str


DELAY: Final = Line(
    "share.delay", {"law": "lognormal", "median": 1.3, "sigma": 2.2}, "measured on 185,461 retweets"
)


def digits(value: float) -> float:
    """Four digits: more nobody has counted.

    Examples
    --------
    >>> digits(0.123456)
    0.1235
    """
    return float(f"{value:.4g}")


def noticing(followers: float, reach: float, shares: float, friends: float) -> float:
    r"""The chance to notice a post, so that it reaches so many.

    With F followers, reach N, S shares and m friends: each shares with the chance b = S / N, so
    that a follower who noticed brings R = b m a others, and each of those q R, who are heard by q
    times as many. Hence N = F a (1 + R / (1 - q R)), of which the smaller root is

        a = (A - sqrt(A^2 - 4 F c (q - 1) N)) / (2 F c (q - 1)),  A = F + N q c,  c = b m;

    for q = 1 it is N / (F + S m), the feeds in which the post arrives. q R is below 1 for all.

    Parameters
    ----------
    followers, reach, shares, friends
        How many follow, and of a post: whom it reaches, how many share it, and how many hear one.

    Returns
    -------
    float
        The chance, which may be above 1: then it reaches more than it comes to.

    Examples
    --------
    >>> noticing(1000, 160, 0, 97), round(noticing(1000, 160, 2, 97), 4)
    (0.16, 0.1321)
    """
    if not shares or not reach:
        return reach / followers
    c = shares / reach * friends
    whole = followers + reach * PARADOX * c
    bent = followers * c * (PARADOX - 1.0)
    # The product of both roots is N / bent: the larger is found without loss.
    return 2.0 * reach / (whole + math.sqrt(whole**2 - 4.0 * bent * reach))


def network(people: int, friends: float, why: str) -> list[Line]:
    """The network that is written: as `everyday` has it, of so many people."""
    most, following = min(round(HUBS * friends), people // 2), min(round(6 * friends), people // 3)
    return [
        Line(
            "network.kind", "social", "friends of friends, a few whom very many hear: as everyday"
        ),
        Line("network.people", people, "ten times the followers, or room for their friends"),
        Line("network.mean", friends, why),
        Line("network.followers_exponent", 2.2, "2.1 to 2.6: Kwak et al. 2010"),
        Line("network.maximum", most, "assumed: the best known are heard by 20 times the mean"),
        Line("network.maximum_following", following, "assumed: 6 times the mean"),
        Line("network.clustering", 0.25, "assumed: .2 to .6 on real networks"),
        Line("network.reciprocity", 0.36, "Kwak et al. 2010"),
        Line("network.nearest", True, "with fewer people, what comes nearest"),
    ]


def text(head: Sequence[str], lines: Iterable[Line], foot: Sequence[str] = ()) -> str:
    """The text of a scenario file.

    Parameters
    ----------
    head, foot
        Sentences above and below, in comments.
    lines
        The parameters; those of one table need not stand together.

    Examples
    --------
    >>> print(text([], [Line("horizon", 8, "as told"), Line("people.fans", 0.1, "so")]).strip())
    horizon = 8                    # as told
    <BLANKLINE>
    [people]
    fans = 0.1                     # so
    """
    tables: dict[str, list[Line]] = {"": []}
    for line in lines:
        tables.setdefault(line.path.rpartition(".")[0], []).append(line)
    parts = [f"# {_plain(each)}".rstrip() + "\n" for each in head]
    for table, inside in tables.items():
        names = ".".join(
            part if _BARE.fullmatch(part) else literal(part) for part in table.split(".")
        )
        parts.append(f"\n[{names}]\n" if table else "\n" * bool(head))
        parts += [_line(each) for each in inside]
    if foot:
        parts += ["\n", *(f"# {_plain(each)}\n" for each in foot)]
    return "".join(parts)


def _plain(words: str) -> str:
    """What may stand in a comment: names of files and columns may have anything in them."""
    return "".join(each if each.isprintable() else " " for each in words)


def _line(line: Line) -> str:
    name = line.path.rpartition(".")[2]
    why = _plain(line.why)
    if isinstance(line.value, list) and len(literal(line.value)) > _LONG:
        rows = "".join(f"  {literal(each)},\n" for each in line.value)
        return f"# {why}\n{name} = [\n{rows}]\n"
    return f"{f'{name} = {literal(line.value)}':<{_WIDTH}} # {why}\n"


def checked(written: str) -> Scenario:
    """The scenario that a text is.

    Raises
    ------
    InputError
        If it is none, before it is written anywhere.
    """
    with border("the scenario that was written"):
        return Scenario(**parsed(written))
