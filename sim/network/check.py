"""Whether a kind, a number of people and parameters go together, before anything is made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

from ..errors import InputError, LimitError, nearest
from .kinds import ELSEWHERE, KINDS, LAWS, MOST_PEOPLE, Argument, Generator


def is_whole(value: Any) -> bool:
    """Whether this is a whole number, of Python or of numpy; True and False are none."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def closest(word: object, words: list[str]) -> str:
    """A hint such as `, did you mean "ring"`, or nothing."""
    near = nearest(word, words)
    return f', did you mean "{near}"' if near else ""


def generator_of(kind: str) -> Generator:
    """The declaration of a kind, or InputError with the nearest name."""
    found = KINDS.get(kind) if isinstance(kind, str) else None
    if found is not None:
        return found
    elsewhere = ELSEWHERE.get(str(kind).lower().removesuffix("_graph"))
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
        n = _value(Argument("people", int, None, "", 1), n)
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


def _value(parameter: Argument, value: Any) -> Any:
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
    real = isinstance(value, Real) and not isinstance(value, bool)
    if not (is_whole(value) if parameter.type is int else real):
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
    if kind == "social":
        _check_social(n, complete)
    if kind == "power_law_followers" and complete["maximum"] < complete["minimum"]:
        raise InputError(
            f"network.maximum = {complete['maximum']} is below network.minimum = "
            f"{complete['minimum']}; choose it at least as large"
        )


def _check_social(n: int, complete: dict[str, Any]) -> None:
    """Fill in both maxima; whether the rest can be had is known when the network is made."""
    left_out = complete["maximum"] is None
    if complete["maximum"] is None:
        complete["maximum"] = n // 20
    if complete["maximum_following"] is None:
        complete["maximum_following"] = complete["maximum"]
    if complete["nearest"]:
        for name in ("maximum", "maximum_following"):
            complete[name] = max(min(complete[name], n - 1), 2)
        most = min(complete["maximum"], complete["maximum_following"])
        complete["mean"] = min(complete["mean"], max(min(n / 8, most / 2), 1.0))
    mean = complete["mean"]
    for name in ("maximum", "maximum_following"):
        if complete[name] >= n:
            raise InputError(
                f"network.{name} = {complete[name]} with {n} people is not allowed; it must be "
                "less than the number of people"
            )
        if mean >= complete[name]:
            raise InputError(
                f"network.mean = {mean:g} with network.{name} = {complete[name]} is not allowed; "
                "it must be less"
                + (f"; {n // 20} is a twentieth of the people, give a larger one" * left_out)
            )
