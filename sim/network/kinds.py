"""The kinds of network that can be generated, each parameter declared once.

Plain data without numpy: the scenario schema lists kinds and parameters from here, `generate`
checks its arguments against them, and `size.estimate` does its arithmetic on what comes out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

MOST_PEOPLE: Final = 2**31 - 1  # rows are numbered with 32 bits


@dataclass(frozen=True)
class Argument:
    """One parameter of a generator: `type` is int, float, bool, str or list.

    `low` and `high` are inclusive; `default` is None where leaving it out means something, which
    `text` then says.
    """

    name: str
    type: type
    default: Any
    text: str
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()

    def allowed(self) -> str:
        """What a value may be, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        noun = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
        words = noun.get(self.type, "a list of whole numbers")
        if math.isfinite(self.low) and math.isfinite(self.high):
            return f"{words} from {self.low:,.10g} to {self.high:,.10g}"
        return f"{words} of at least {self.low:,.10g}" if math.isfinite(self.low) else words


@dataclass(frozen=True)
class Generator:
    """A kind of network: what it is, its parameters, and where it was published.

    `person_bytes` and `arc_bytes` are the most memory that making it takes, the finished arrays
    included. `open` kinds pass further parameters on to somebody else's function.
    """

    kind: str
    text: str
    parameters: tuple[Argument, ...]
    source: str
    person_bytes: int
    arc_bytes: int
    open: bool = False

    def parameter(self, name: str) -> Argument:
        """The declaration of one parameter."""
        return next(each for each in self.parameters if each.name == name)


_M = Argument("m", int, 5, "ties that a newcomer makes; n must exceed it", 1, 100_000)
_NEIGHBOURS = Argument("neighbours", int, 4, "ties of a person on the ring, even", 2, 1_000_000)

LAWS: Final[Mapping[str, tuple[str, ...]]] = {
    "poisson": ("mean",),
    "power_law": ("exponent", "cutoff"),
    "regular": ("degree",),
}

_ALL: Final = (
    Generator(
        "preferential_attachment",
        "newcomers tie themselves to m people, chosen in proportion to their degree (undirected)",
        (_M,),
        "Barabasi & Albert 1999, Science 286:509",
        person_bytes=28,
        arc_bytes=6,
    ),
    Generator(
        "clustered_preferential_attachment",
        "preferential attachment in which a tie may close a triangle instead (undirected)",
        (
            _M,
            Argument(
                "triad_probability",
                float,
                0.5,
                "chance that a tie after the first goes to a neighbour of the last one chosen",
                0,
                1,
            ),
        ),
        "Holme & Kim 2002, Phys. Rev. E 65:026107",
        person_bytes=48,
        arc_bytes=10,
    ),
    Generator(
        "power_law_followers",
        "k followers each, P(K >= k) = (k / minimum)^-(exponent - 1) up to maximum, drawn "
        "uniformly (directed)",
        (
            Argument("exponent", float, 2.3, "exponent of the density of k", 1.05, 10),
            Argument("minimum", int, 10, "fewest followers; n must exceed it", 1, MOST_PEOPLE),
            Argument("maximum", int, 1_000_000, "most followers, and n - 1", 1, MOST_PEOPLE),
        ),
        "Goel, Anderson, Hofman & Watts 2016, Management Science 62:180, section 5",
        person_bytes=36,
        arc_bytes=4,
    ),
    Generator(
        "social",
        "both tails heavy, clustered and partly reciprocal: people in places, weighted by how many "
        "hear them and how many they hear (directed)",
        (
            Argument(
                "followers_exponent", float, 2.3, "exponent of the density of followers", 1.5, 6
            ),
            Argument(
                "following_exponent", float, 2.3, "exponent of the density of followed", 1.5, 6
            ),
            Argument("mean", float, 40.0, "mean followers, which is mean followed", 1, 1_000_000),
            Argument(
                "maximum",
                int,
                None,
                "most followers; a twentieth of the people if left out",
                2,
                MOST_PEOPLE,
            ),
            Argument(
                "maximum_following", int, None, "most followed; maximum if left out", 2, MOST_PEOPLE
            ),
            Argument("clustering", float, 0.2, "mean local clustering, without directions", 0, 1),
            Argument("reciprocity", float, 0.36, "share of arcs that have their way back", 0, 1),
            Argument(
                "nearest",
                bool,
                False,
                "whether to make the nearest network that there is, where this one cannot be had: "
                "few people have no hub of thousands; it is refused otherwise",
            ),
        ),
        "Bringmann, Keusch & Lengler 2019, Theor. Comput. Sci. 760:35; exponent of followers and "
        "reciprocity as on Twitter (22 % of tied pairs are .36 of arcs): Kwak et al. 2010; the "
        "other defaults assumed",
        person_bytes=200,
        arc_bytes=8,
    ),
    Generator(
        "configuration",
        "a simple graph with given degrees, otherwise at random (undirected)",
        (
            Argument("degrees", list, None, "degree of each person; else they follow `law`", 0),
            Argument("law", str, None, "law of the degrees, poisson by default", choices=(*LAWS,)),
            Argument("mean", float, 4.0, "mean degree of the poisson law", 0, 100_000),
            Argument("exponent", float, 2.0, "a of the power law k^-a exp(-k / cutoff)", 0, 20),
            Argument("cutoff", float, 10.0, "cutoff of the power law", 0.01, 100_000),
            Argument("degree", int, 4, "degree of everybody in the regular law", 0, 1_000_000),
        ),
        "Molloy & Reed 1995; Newman 2002, Phys. Rev. E 66:016128",
        person_bytes=48,
        arc_bytes=24,
    ),
    Generator(
        "random",
        "every pair is tied with the same probability, mean_degree / (n - 1) (undirected)",
        (Argument("mean_degree", float, 10.0, "mean degree, at most n - 1", 0, 1_000_000),),
        "Gilbert 1959; skipping: Batagelj & Brandes 2005, Phys. Rev. E 71:036113",
        person_bytes=32,
        arc_bytes=8,
    ),
    Generator(
        "small_world",
        "a ring of neighbours whose ties are rewired with a probability (undirected)",
        (_NEIGHBOURS, Argument("rewire", float, 0.1, "chance that a tie is rewired", 0, 1)),
        "Watts & Strogatz 1998, Nature 393:440",
        person_bytes=24,
        arc_bytes=14,
    ),
    Generator(
        "ring",
        "everybody is tied to the nearest people on a circle (undirected)",
        (_NEIGHBOURS,),
        "the lattice of Watts & Strogatz 1998 without rewiring",
        person_bytes=24,
        arc_bytes=14,
    ),
    Generator(
        "tree",
        "person 0 at the root, everybody with `branching` children, filled level by level",
        (
            Argument("branching", int, 2, "children of a person", 1, 1_000_000),
            Argument("depth", int, None, "levels below the root, in place of n", 0, 1_000_000),
            Argument("directed", bool, False, "arcs from parent to child only"),
        ),
        "the full k-ary tree",
        person_bytes=32,
        arc_bytes=10,
    ),
    Generator(
        "networkx",
        "any generator of networkx, by its name; further parameters go to it",
        (Argument("function", str, None, "such as davis_southern_women_graph"),),
        "Hagberg, Schult & Swart 2008, networkx.org/documentation/stable/reference/generators",
        person_bytes=1_000,
        arc_bytes=300,
        open=True,
    ),
)

KINDS: Final[dict[str, Generator]] = {generator.kind: generator for generator in _ALL}

# What the same graphs are called elsewhere: named in the refusal, not accepted.
ELSEWHERE: Final = {
    "ba": "preferential_attachment",
    "barabasi_albert": "preferential_attachment",
    "scale_free": "preferential_attachment",
    "holme_kim": "clustered_preferential_attachment",
    "powerlaw_cluster": "clustered_preferential_attachment",
    "girg": "social",
    "geometric_inhomogeneous": "social",
    "erdos_renyi": "random",
    "gnp": "random",
    "watts_strogatz": "small_world",
    "random_regular": "configuration",
    "lattice": "ring",
}
