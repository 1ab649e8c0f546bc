"""The kinds of network that can be generated, each parameter declared once.

Plain data without numpy: the scenario schema lists kinds and parameters from here, `generate`
checks its arguments here, and `size.estimate` does its arithmetic on what comes out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from numbers import Integral, Real
from typing import Any, Final

from ..errors import InputError, LimitError

MOST_PEOPLE: Final = 2**31 - 1  # rows are numbered with 32 bits


@dataclass(frozen=True)
class Parameter:
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
    parameters: tuple[Parameter, ...]
    source: str
    person_bytes: int
    arc_bytes: int
    open: bool = False

    def parameter(self, name: str) -> Parameter:
        """The declaration of one parameter."""
        return next(each for each in self.parameters if each.name == name)


_M = Parameter("m", int, 5, "ties that a newcomer makes; n must exceed it", 1, 100_000)
_NEIGHBOURS = Parameter("neighbours", int, 4, "ties of a person on the ring, even", 2, 1_000_000)

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
        person_bytes=24,
        arc_bytes=6,
    ),
    Generator(
        "clustered_preferential_attachment",
        "preferential attachment in which a tie may close a triangle instead (undirected)",
        (
            _M,
            Parameter(
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
        arc_bytes=14,
    ),
    Generator(
        "power_law_followers",
        "k followers each, P(K >= k) = (k / minimum)^-(exponent - 1) up to maximum, drawn "
        "uniformly (directed)",
        (
            Parameter("exponent", float, 2.3, "exponent of the density of k", 1.05, 10),
            Parameter("minimum", int, 10, "fewest followers; n must exceed it", 1, MOST_PEOPLE),
            Parameter("maximum", int, 1_000_000, "most followers, and n - 1", 1, MOST_PEOPLE),
        ),
        "Goel, Anderson, Hofman & Watts 2016, Management Science 62:180, section 5",
        person_bytes=16,
        arc_bytes=4,
    ),
    Generator(
        "configuration",
        "a simple graph with given degrees, otherwise at random (undirected)",
        (
            Parameter("degrees", list, None, "degree of each person; else they follow `law`", 0),
            Parameter("law", str, None, "law of the degrees, poisson by default", choices=(*LAWS,)),
            Parameter("mean", float, 4.0, "mean degree of the poisson law", 0, 100_000),
            Parameter("exponent", float, 2.0, "a of the power law k^-a exp(-k / cutoff)", 0, 20),
            Parameter("cutoff", float, 10.0, "cutoff of the power law", 0.01, 100_000),
            Parameter("degree", int, 4, "degree of everybody in the regular law", 0, 1_000_000),
        ),
        "Molloy & Reed 1995; Newman 2002, Phys. Rev. E 66:016128",
        person_bytes=40,
        arc_bytes=20,
    ),
    Generator(
        "random",
        "every pair is tied with the same probability, mean_degree / (n - 1) (undirected)",
        (Parameter("mean_degree", float, 10.0, "mean degree, at most n - 1", 0, 1_000_000),),
        "Gilbert 1959; skipping: Batagelj & Brandes 2005, Phys. Rev. E 71:036113",
        person_bytes=32,
        arc_bytes=8,
    ),
    Generator(
        "small_world",
        "a ring of neighbours whose ties are rewired with a probability (undirected)",
        (_NEIGHBOURS, Parameter("rewire", float, 0.1, "chance that a tie is rewired", 0, 1)),
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
            Parameter("branching", int, 2, "children of a person", 1, 1_000_000),
            Parameter("depth", int, None, "levels below the root, in place of n", 0, 1_000_000),
            Parameter("directed", bool, False, "arcs from parent to child only"),
        ),
        "the full k-ary tree",
        person_bytes=32,
        arc_bytes=10,
    ),
    Generator(
        "networkx",
        "any generator of networkx, by its name; further parameters go to it",
        (Parameter("function", str, None, "such as davis_southern_women_graph"),),
        "Hagberg, Schult & Swart 2008, networkx.org/documentation/stable/reference/generators",
        person_bytes=1_000,
        arc_bytes=300,
        open=True,
    ),
)

KINDS: Final[dict[str, Generator]] = {generator.kind: generator for generator in _ALL}

# What the same graphs are called elsewhere: named in the refusal, not accepted.
_ELSEWHERE: Final = {
    "ba": "preferential_attachment",
    "barabasi_albert": "preferential_attachment",
    "scale_free": "preferential_attachment",
    "holme_kim": "clustered_preferential_attachment",
    "powerlaw_cluster": "clustered_preferential_attachment",
    "erdos_renyi": "random",
    "gnp": "random",
    "watts_strogatz": "small_world",
    "random_regular": "configuration",
    "lattice": "ring",
}


def closest(word: object, words: list[str]) -> str:
    """A hint such as `, did you mean "ring"`, or nothing."""
    near = get_close_matches(str(word), words, n=1, cutoff=0.6)
    return f', did you mean "{near[0]}"' if near else ""


def generator_of(kind: str) -> Generator:
    """The declaration of a kind, or InputError with the nearest name."""
    found = KINDS.get(kind) if isinstance(kind, str) else None
    if found is not None:
        return found
    elsewhere = _ELSEWHERE.get(str(kind).lower().removesuffix("_graph"))
    hint = f', it is called "{elsewhere}" here' if elsewhere else closest(kind, [*KINDS])
    raise InputError(f"network.kind = {kind!r} is not a kind of network{hint}; {_kinds()}")


def check(
    kind: str, n: int | None, parameters: Mapping[str, Any]
) -> tuple[int | None, dict[str, Any]]:
    """The number of people and every parameter, defaults filled in.

    `n` comes back as None only where networkx decides it.

    Raises
    ------
    InputError
        For an unknown kind or parameter, a value out of range, or values that do not go together.
    LimitError
        For more people than rows can be numbered with 32 bits (2,147,483,647).
    """
    generator = generator_of(kind)
    known = [each.name for each in generator.parameters]
    for name in parameters:
        if name not in known and not generator.open:
            raise InputError(
                f"network.{name} is not a parameter of {kind}{closest(name, known)}; "
                f"it takes {', '.join(known)}"
            )
    complete: dict[str, Any] = {
        each.name: _value(each, parameters.get(each.name, each.default))
        for each in generator.parameters
    }
    if n is not None:
        n = _value(Parameter("people", int, None, "", 1), n)
    if kind == "configuration":
        n = _check_configuration(n, parameters, complete)
    elif kind == "tree":
        n = _check_tree(n, complete)
    elif kind == "networkx":
        _check_function(complete)
        return n, {**parameters, **complete}
    n = _people(kind, n)
    _check_against_people(kind, n, complete)
    return n, complete


def refuse_too_many(n: int | None) -> None:
    """LimitError for more people than rows can be numbered."""
    if n is not None and n > MOST_PEOPLE:
        raise LimitError(
            f"network.people = {n:,} is too many, rows are numbered up to {MOST_PEOPLE:,}; "
            "simulate a sample of the population"
        )


def _kinds() -> str:
    return "it is one of " + ", ".join(KINDS)


def _people(kind: str, n: int | None) -> int:
    if n is None:
        raise InputError(f"network.people is missing; give the number of people of the {kind}")
    return n


def _value(parameter: Parameter, value: Any) -> Any:
    if value is None and parameter.default is None and parameter.low != 1:
        return None
    if parameter.type is list:
        return value  # degrees; looked at one by one in _check_configuration
    problem = InputError(
        f"network.{parameter.name} = {value!r} is not allowed; it is {parameter.allowed()}"
    )
    if parameter.type in (bool, str):
        if not isinstance(value, parameter.type):
            raise problem
        if parameter.choices and value not in parameter.choices:
            raise InputError(f"{problem}{closest(value, [*parameter.choices])}")
        return value
    number = Integral if parameter.type is int else Real
    if isinstance(value, bool) or not isinstance(value, number):
        raise problem
    value = parameter.type(value)
    if not parameter.low <= value <= parameter.high or not math.isfinite(value):
        raise problem
    return value


def _check_configuration(n: int | None, given: Mapping[str, Any], complete: dict[str, Any]) -> int:
    degrees = complete["degrees"]
    if degrees is not None:
        others = [name for name in given if name != "degrees" and given[name] is not None]
        if others:
            raise InputError(
                f"network.{others[0]} has no meaning beside network.degrees; give one of the two"
            )
        count = len(degrees)
        if n is not None and n != count:
            raise InputError(
                f"network.people = {n} and {count} network.degrees contradict each other; "
                "give one degree a person"
            )
        return count
    law = complete["law"] = complete["law"] or "poisson"
    for name in given:
        if name not in ("law", "degrees", *LAWS[law]):
            raise InputError(
                f"network.{name} has no meaning for the {law} law of degrees; "
                f"it takes {' and '.join(LAWS[law])}"
            )
    n = _people("configuration", n)
    degree = complete["degree"]
    if law == "regular" and (degree >= n or degree * n % 2):
        raise InputError(
            f"network.degree = {degree} with {n} people is not allowed; the degree must be less "
            "than the number of people and their product even"
        )
    return n


def _check_tree(n: int | None, complete: dict[str, Any]) -> int:
    branching, depth = complete["branching"], complete["depth"]
    if depth is None:
        return _people("tree", n)
    # logarithms first: 300 ** 1_000_000 would keep the arithmetic busy for a while
    if branching > 1 and depth * math.log(branching) > 200:
        raise LimitError(
            f"network.depth = {depth} with branching {branching} has more people than can be "
            "counted; choose a smaller depth"
        )
    people: int = depth + 1 if branching == 1 else (branching ** (depth + 1) - 1) // (branching - 1)
    if n is not None and n != people:
        raise InputError(
            f"network.people = {n} contradicts network.depth = {depth}, which has {people:,} "
            "people; give one of the two"
        )
    return people


def _check_function(complete: dict[str, Any]) -> None:
    if complete["function"] is None:
        raise InputError(
            "network.function is missing; name a generator of networkx, such as "
            '"davis_southern_women_graph"'
        )


def _check_against_people(kind: str, n: int, complete: dict[str, Any]) -> None:
    lowest = {
        "preferential_attachment": "m",
        "clustered_preferential_attachment": "m",
        "power_law_followers": "minimum",
        "small_world": "neighbours",
        "ring": "neighbours",
    }.get(kind)
    if lowest is not None and complete[lowest] >= n:
        raise InputError(
            f"network.{lowest} = {complete[lowest]} with {n} people is not allowed; it must be "
            "less than the number of people"
        )
    if lowest == "neighbours" and complete["neighbours"] % 2:
        raise InputError(
            f"network.neighbours = {complete['neighbours']} is odd; half of them sit on each "
            "side, choose an even number"
        )
    if kind == "random" and complete["mean_degree"] > max(n - 1, 0):
        raise InputError(
            f"network.mean_degree = {complete['mean_degree']:g} with {n} people is not allowed; "
            f"it is at most {n - 1}"
        )
    if kind == "power_law_followers" and complete["maximum"] < complete["minimum"]:
        raise InputError(
            f"network.maximum = {complete['maximum']} is below network.minimum = "
            f"{complete['minimum']}; choose it at least as large"
        )
