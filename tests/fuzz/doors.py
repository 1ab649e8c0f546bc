"""The doors of the package: everything that takes what others wrote. A new door is one entry."""

from __future__ import annotations

import io
import json
import math
import tomllib
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from typing import Any, Final

import wordofmouth as wom
from hypothesis import strategies as st
from wordofmouth import Scenario
from wordofmouth.experiments.commands.main import main
from wordofmouth.scenarios.toml import document, literal, setting
from wordofmouth.sim.errors import InputError, LimitError, StorageError
from wordofmouth.sim.network import Network
from wordofmouth.sim.parameters.paths import flat

from ..agents.generated import WHOLE, scenarios
from . import http, saved, seeds
from .judge import Door
from .slips import STRANGE, WORDS, another, flipped, slipped

_BASE: Final = wom.load("open_house")
_PATHS: Final = (
    *flat(_BASE.to_dict()), *_BASE.to_dict(), "content.*.type", "content.0", "timeline",
    "share.*.x",
    "network.file", "network.m", "channels.a.b", "content_types.post", "a.a.a", "", ".",
    "incentives.",
)  # fmt: skip
_READING: Final[tuple[dict[str, Any], ...]] = (
    {}, {}, {}, {"directed": True}, {"weight": "count"}, {"source": 1, "target": 2}, {"time": 3},
    {"repeated": "sum"}, {"weight": "ignore"}, {"source": "a", "target": "b"},
    {"directed": True, "arrow": "follows"},
)  # fmt: skip
_MEASURING: Final[tuple[dict[str, Any], ...]] = (
    {}, {}, {}, {"gaps": "zero"}, {"zeros": "unknown"}, {"last": "drop"}, {"dates": "day"},
    {"columns": {"clicks": "impressions"}}, {"cumulative": ["clicks"]}, {"daily": ["fans"]},
    {"decimal": ","}, {"least": 2},
)  # fmt: skip
_THREADS: Final = 2**34
_EXITS: Final = {2: InputError, 3: LimitError, 4: StorageError}

# values ---------------------------------------------------------------------------------------

_texts = st.text(max_size=12) | st.sampled_from(
    ["", "unlimited", "always", "post", "<script>", "=1+1", "../x", "\0", "$\\x$", "\U0001f600"]
)
_numbers = (
    st.integers(-2, 3) | st.integers() | st.floats() | st.sampled_from([0.5, 1e308, 2**63, 10**30])
)
_plain = st.booleans() | _numbers | _texts
values = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)
paths = st.sampled_from(_PATHS) | st.text(alphabet="a.*0_ x", max_size=8)


def _literal(value: Any) -> str:
    """A value as a file has it, whole or not."""
    try:
        return literal(value)
    except UnicodeEncodeError:
        return "x"


# doors ----------------------------------------------------------------------------------------


def _set(text: str, _: Path) -> None:
    _kept(_BASE.replace(dict([setting(text)])))


def _scenario(data: bytes, folder: Path) -> None:
    path = folder / "mine.toml"
    path.write_bytes(data)
    scenario = wom.load(path)
    _kept(scenario)
    _run(scenario)


def _kept(scenario: Scenario) -> None:
    """Every valid scenario can be written and read back equal."""
    text = document(scenario.to_dict())
    again = Scenario(**tomllib.loads(text.encode().decode()))
    assert again == scenario, "it is another once it is written and read"
    assert json.loads(json.dumps(scenario.to_dict(), allow_nan=False)) == scenario.to_dict()
    assert repr(scenario)


def _run(scenario: Scenario) -> None:
    """A few ticks of it in a small network, where it is no larger in another way."""
    if scenario.network.file is not None:
        return
    many = sum(each.count for each in scenario.publish.outlets) + len(scenario.content)
    if many > 500 or scenario.community.rooms > 500:
        return
    network = Network.from_edges([0, 1, 2, 0, 3], [1, 2, 3, 3, 4], 5, directed=False)
    few = {"horizon": min(scenario.horizon, 4)}
    result = wom.run(scenario.replace(few), network=network, seed=1)
    for stage in result.funnel:
        assert math.isnan(stage.rate) or 0.0 <= stage.rate <= 1.0, stage
    json.dumps(result.to_dict(), allow_nan=False)


def _network(case: tuple[bytes, dict[str, Any]], folder: Path) -> None:
    data, how = case
    path = folder / "data"
    path.write_bytes(data)
    network = Network.from_file(path, **how)
    assert network.n > 0


def _measured(case: tuple[bytes, dict[str, Any]], folder: Path) -> None:
    """What was measured, as it is read, told, and begun with."""
    from wordofmouth.scenarios.observing.campaign import campaign_text
    from wordofmouth.scenarios.observing.written import checked

    data, how = case
    path = folder / "data"
    path.write_bytes(data)
    seen = wom.Observed.read(path, **how)
    json.dumps(wom.look(data=seen).to_dict(), allow_nan=False)
    for values in (*seen.series.values(), *seen.given.values(), *seen.levels.values()):
        assert len(values) == seen.rows
        assert not (values < 0.0).any()
    if {"noticed", "reach"} & seen.series.keys():
        checked(campaign_text(seen, "mine"))


def _networks(name: str, make: Callable[[Random], bytes], cost: int = 1) -> Door:
    return Door(
        f"network: {name}",
        lambda rng: (make(rng), rng.choice(_READING)),
        _network,
        cost=cost,
        again=tuple,
    )


def _study(data: bytes, folder: Path) -> None:
    """A study's file, and its points, where there are few."""
    from wordofmouth.experiments.studies.runs.plan import plan
    from wordofmouth.experiments.studies.sweep import request

    path = folder / "study.toml"
    path.write_bytes(data)
    asked = request(path, {})
    if asked.design.size <= 20:
        plan(asked.design, asked.model)


def command(*typed: str) -> None:
    """A command in this process; its exit code as the error that has it."""
    out, error = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        code = main(list(typed))
    said = error.getvalue()
    if code:
        raise _EXITS[code](said.strip())
    if "--json" in typed:
        json.loads(out.getvalue(), parse_constant=_refuse)


def _refuse(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


def _labels(case: Sequence[str], folder: Path) -> None:
    """Names that people give: drawn, listed and exported as they stand."""
    title, axis, one, two = case
    axes = {axis: {"link": {"x": [1, 2]}, "label": [one, two]}}
    study = wom.sweep(_twice, axes, name=title, replicates=2, progress=False)
    from wordofmouth.experiments.show import page

    shown = page.html(study.document())
    assert "<script" not in shown.lower()
    text = study.export(folder / "runs.csv").read_text(encoding="utf-8")
    assert not any(line.startswith(("=", "+", "@")) for line in text.splitlines())


def _twice(x: float) -> float:
    return 2.0 * x


def _named(rng: Random) -> list[str]:
    return [
        rng.choice(WORDS[:-6]).decode("utf-8", "replace")[:200] + rng.choice(("", "b", "c"))
        for _ in range(4)
    ]


def _toml(rng: Random) -> bytes:
    data = rng.choice(seeds.scenarios())
    return slipped(rng, [data]) if rng.random() < 0.4 else _changed_toml(rng, data)


def _changed_toml(rng: Random, data: bytes) -> bytes:
    """A file with another value somewhere in it, as far as TOML has it."""
    told = another(rng, tomllib.loads(data.decode()), STRANGE)
    try:
        return document(told).encode("utf-8", "surrogatepass")
    except TypeError:  # None, which no file can hold
        return slipped(rng, [data])


def _json(rng: Random) -> bytes:
    data = rng.choice(seeds.JSONS)
    if rng.random() < 0.5 or b"\n" in data:
        return slipped(rng, [data])
    return json.dumps(another(rng, json.loads(data), STRANGE)).encode()


def _declared(rng: Random) -> bytes:
    data = rng.choice(seeds.STUDIES)
    return slipped(rng, [data]) if rng.random() < 0.4 else _changed_toml(rng, data)


def _typed(rng: Random) -> str:
    value = slipped(rng, (b"0.5", b'"a"', b"[1, 2]", b"{a = 1}", b"true", b"unlimited"))
    return f"{rng.choice(_PATHS)}={value[:200_000].decode('utf-8', 'replace')}"


_settings = st.builds(lambda path, value: f"{path}={_literal(value)}", paths, values)
_files = st.lists(st.tuples(paths.filter(bool), values), min_size=1, max_size=3).map(
    lambda pairs: "".join(
        f"{'.'.join(literal(part) for part in path.split('.'))} = {_literal(value)}\n"
        for path, value in pairs
    ).encode("utf-8", "replace")
)


def _shown(case: saved.Changed, folder: Path) -> None:
    saved.enter(case, folder, command)


def _studied(case: saved.Struck, folder: Path) -> None:
    saved.study(case, folder, command)


def _whole() -> tuple[bytes, ...]:
    return (*seeds.scenarios(), document(WHOLE.to_dict()).encode())


def _asked() -> list[tuple[str, bytes]]:
    return [(path, each) for path in http.PATHS for each in seeds.REQUESTS]


_valid = scenarios().map(lambda scenario: document(scenario.to_dict()).encode())

_ALL: Final = (
    Door("set", _typed, _set, _settings),
    Door("scenario", _toml, _scenario, _files | _valid, cost=2, known=_whole),
    _networks("text", lambda rng: slipped(rng, seeds.TEXTS)),
    _networks("json", _json),
    _networks("xml", lambda rng: slipped(rng, seeds.XMLS)),
    _networks("saved", lambda rng: saved.arrays(rng, seeds.saved_networks())),
    _networks("packed", lambda rng: flipped(rng, seeds.packed())),
    _networks("table", lambda rng: flipped(rng, seeds.tables())),
    Door(
        "measured",
        lambda rng: (slipped(rng, seeds.MEASURED), rng.choice(_MEASURING)),
        _measured,
        known=lambda: [(each, {}) for each in seeds.MEASURED[:1]],
        again=tuple,
    ),
    Door("study", _declared, _study, cost=2, known=lambda: seeds.STUDIES),
    Door("labels", _named, _labels, st.lists(_texts, min_size=4, max_size=4), cost=20),
    Door("result", saved.run, _shown, cost=4, again=lambda case: saved.Changed(*case)),
    Door("answer", saved.answer, _shown, cost=4, again=lambda case: saved.Changed(*case)),
    Door("fit", saved.fit, saved.open_fit, cost=4, again=lambda case: saved.Changed(*case)),
    Door("ledger", saved.ledger, _studied, cost=4, again=lambda case: saved.Struck(*case)),
    Door(
        "request",
        lambda rng: http.body(rng, seeds.REQUESTS),
        http.ask,
        cost=2,
        addresses=_THREADS,
        known=_asked,
        again=tuple,
    ),
    Door(
        "socket",
        lambda rng: http.raw(rng, seeds.REQUESTS),
        http.send,
        addresses=_THREADS,
        cost=2,
        again=lambda case: http.Sent(*case),
    ),
)
DOORS: Final = {door.name: door for door in _ALL}
