"""From a kind, a number of people, parameters and a seed to a network."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from ..draws import key_of
from ..errors import InputError
from . import classic, configuration, degrees, grown, social
from .check import check, closest, generator_of, is_whole, refuse_too_many
from .csr import rows_from_lower
from .exchange import from_networkx
from .network import Network

_NETWORK: Final = np.uint64(0x6E6574776F726B)  # the word in ASCII: no other key begins with it
_MATCHING: Final = np.uint64(1)


def generate(
    kind: str, n: int | None, seed: int, parameters: Mapping[str, Any], threads: int
) -> Network:
    """See `Network.generate`."""
    people, complete = check(kind, n, parameters)
    refuse_too_many(people)
    if not is_whole(threads) or threads < 1:
        raise InputError(f"threads = {threads!r} is not allowed; it is a whole number from 1 on")
    if not is_whole(seed) or not 0 <= seed < 2**64:
        raise InputError(f"seed = {seed!r} is not allowed; it is a whole number from 0 to 2^64 - 1")
    if people is None or kind == "networkx":
        return _by_networkx(people, int(seed), complete)
    key = _key(kind, seed)
    if kind == "social":
        return Network(*social.social_rows(people, complete, key, threads))
    return _MAKERS[kind](people, key, complete)


def not_met(
    kind: str, n: int, seed: int, parameters: Mapping[str, Any]
) -> dict[str, tuple[float, float]]:
    """What a network would not have as asked for, before it is made: the number asked for, and its.

    Raises
    ------
    InputError
        As `generate`, and where the kind has to be settled to know.
    """
    people, complete = check(kind, n, parameters)
    if kind != "social" or people is None:
        return {}
    made = social.settled(people, complete, _key(kind, seed)).made
    asked = {each.name: each.default for each in generator_of(kind).parameters} | dict(parameters)
    return {
        name: (asked[name], made[name])
        for name in ("mean", "maximum", "maximum_following", "reciprocity", "clustering")
        if asked[name] is not None and asked[name] != made[name]
    }


def _key(kind: str, seed: int) -> np.uint64:
    # A kind's place in the registry is no label: new kinds must not change the graphs of others.
    # Preferential attachment with triads shares its label, so that it differs by the triads alone.
    label = np.uint64(int.from_bytes(kind.removeprefix("clustered_").encode()[:8], "little"))
    return np.uint64(key_of(np.uint64(key_of(np.uint64(seed), _NETWORK)), label))


def _preferential_attachment(n: int, key: np.uint64, parameters: dict[str, Any]) -> Network:
    m = parameters["m"]
    return _from_lower(grown.offsets_of_newcomers(n, m), grown.preferential_choices(n, m, key))


def _clustered(n: int, key: np.uint64, parameters: dict[str, Any]) -> Network:
    m = parameters["m"]
    lower = grown.clustered_choices(n, m, float(parameters["triad_probability"]), key)
    return _from_lower(grown.offsets_of_newcomers(n, m), lower)


def _power_law_followers(n: int, key: np.uint64, parameters: dict[str, Any]) -> Network:
    counts = degrees.power_law_counts(
        n,
        parameters["exponent"] - 1.0,
        parameters["minimum"],
        min(parameters["maximum"], n - 1),
        key,
    )
    return Network(*degrees.uniform_followers(counts, np.uint64(key_of(key, _MATCHING))))


def _configuration(n: int, key: np.uint64, parameters: dict[str, Any]) -> Network:
    if parameters["degrees"] is not None:
        wanted = _degrees(parameters["degrees"])
    elif parameters["law"] == "regular":
        wanted = np.full(n, parameters["degree"], np.int64)
    else:
        cumulative = degrees.law_of_degrees(parameters["law"], parameters, n)
        wanted = degrees.degrees_by_law(cumulative, n, key)
    ends = configuration.configuration_ties(wanted, np.uint64(key_of(key, _MATCHING)))
    return Network.from_ties(*ends, n, directed=False)


def _random(n: int, key: np.uint64, parameters: dict[str, Any]) -> Network:
    probability = parameters["mean_degree"] / (n - 1) if n > 1 else 0.0
    return _from_lower(*classic.random_choices(n, float(probability), key))


def _small_world(n: int, key: np.uint64, parameters: dict[str, Any]) -> Network:
    rewire = float(parameters.get("rewire", 0.0))
    ends = classic.rewired_ring(n, parameters["neighbours"], rewire, key)
    return Network.from_ties(*ends, n, directed=False)


def _tree(n: int, _key: np.uint64, parameters: dict[str, Any]) -> Network:
    parents = grown.tree_choices(n, parameters["branching"])
    if parameters["directed"]:
        return Network.from_ties(parents, np.arange(1, n, dtype=np.int32), n, directed=True)
    return _from_lower(grown.offsets_of_newcomers(n, 1), parents)


_MAKERS: Final[dict[str, Callable[[int, np.uint64, dict[str, Any]], Network]]] = {
    "preferential_attachment": _preferential_attachment,
    "clustered_preferential_attachment": _clustered,
    "power_law_followers": _power_law_followers,
    "configuration": _configuration,
    "random": _random,
    "small_world": _small_world,
    "ring": _small_world,
    "tree": _tree,
}


def _from_lower(offsets: Any, lower: Any) -> Network:
    return Network(*rows_from_lower(offsets, lower), directed=False)


def _degrees(given: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    wanted = np.asarray(given)
    n = wanted.size
    if wanted.ndim != 1 or (n and wanted.dtype.kind not in "iu"):
        raise InputError("network.degrees must be a flat list of whole numbers, one a person")
    wanted = wanted.astype(np.int64)
    wrong = np.flatnonzero((wanted < 0) | (wanted >= n))
    if wrong.size:
        raise InputError(
            f"network.degrees[{wrong[0]}] = {wanted[wrong[0]]} is not allowed; with {n} people a "
            f"degree is 0 to {n - 1}"
        )
    if int(wanted.sum()) % 2:
        raise InputError(
            f"network.degrees add up to {int(wanted.sum())}, an odd number; every tie has two "
            "ends, change one degree by 1"
        )
    return wanted


def _by_networkx(n: int | None, seed: int, parameters: dict[str, Any]) -> Network:
    """A generator of networkx by name; `n` and `seed` are passed on where it takes them."""
    import networkx as nx

    name = parameters.pop("function")
    known = [each for each in dir(nx) if _is_generator(getattr(nx, each))]
    if name not in known:
        raise InputError(
            f"network.function = {name!r} is not a generator of networkx{closest(name, known)}; "
            "see networkx.org/documentation/stable/reference/generators"
        )
    function = getattr(nx, name)
    takes = inspect.signature(function).parameters
    arguments = dict(parameters)
    if n is not None and "n" in takes:
        arguments["n"] = n
    if "seed" in takes:
        arguments["seed"] = seed
    try:
        graph = function(**arguments)
    except (nx.NetworkXException, TypeError, ValueError, KeyError, IndexError) as problem:
        reason = " ".join(str(problem).split()).rstrip(".") or type(problem).__name__
        raise InputError(
            f"networkx.{name} refuses ({reason}); it takes {', '.join(takes) or 'no parameters'}"
        ) from problem
    if not isinstance(graph, nx.Graph):
        raise InputError(f"networkx.{name} does not return one graph; choose another generator")
    if n is not None and len(graph) != n:
        raise InputError(
            f"network.people = {n}, but networkx.{name} made {len(graph)}; leave people out"
        )
    return from_networkx(graph)


def _is_generator(candidate: object) -> bool:
    home = getattr(candidate, "__module__", None) or ""
    return callable(candidate) and home.startswith("networkx.generators")
