"""What fuzzing found, the smallest input of each kind, and what is said of it."""

from __future__ import annotations

import json
import math
import sqlite3
import tomllib
import warnings
from contextlib import closing
from pathlib import Path

import pytest
import wordofmouth as wom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordofmouth import Network, Scenario
from wordofmouth.experiments.commands.main import main
from wordofmouth.experiments.studies.study import Study
from wordofmouth.scenarios.toml import document
from wordofmouth.sim.border import border
from wordofmouth.sim.errors import InputError, LimitError, StorageError

from ..agents.generated import scenarios
from . import corpus, saved

BASE = wom.load("open_house")
few = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def refused(capsys: pytest.CaptureFixture[str], code: int, *typed: str) -> str:
    """The one sentence with which a command refuses."""
    assert main(list(typed)) == code
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1, said
    return said


# the border -----------------------------------------------------------------------------------


class OddError(Exception):
    """What a library might raise that nobody has heard of."""


@pytest.mark.parametrize(
    ("raised", "error", "words"),
    [
        (OddError("no\nluck."), InputError, r"^x: this cannot be read \(no luck\); mend it"),
        (OddError(), InputError, r"\(OddError\)"),
        (RecursionError(), InputError, "nested far deeper"),
        (MemoryError(), LimitError, "more memory than is free"),
        (PermissionError(13, "Permission denied"), StorageError, "permission denied"),
        (OSError("no number"), InputError, "no number"),
        (ValueError("Exceeds the limit (4300); use sys.set_int_max_str_digits()"), InputError,
         "thousands of digits"),
        (OddError("a" * 500), InputError, r"a{50,57}\.\.\."),
        (LimitError("ours"), LimitError, "^ours$"),
    ],
)  # fmt: skip
def test_nothing_but_ours_comes_over_the_border(
    raised: Exception, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words), border("x"):
        raise raised


def test_an_interrupt_is_nobodys_fault() -> None:
    with pytest.raises(KeyboardInterrupt), border("x"):
        raise KeyboardInterrupt


# --set and scenarios --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("horizon=" + "9" * 5_000, "thousands of digits"),
        ("horizon=0x" + "f" * 6_000, "thousands of digits"),
        ("horizon=" + "[" * 2_000 + "]" * 2_000, "nested far deeper"),
        ("horizon=" + "{a=" * 2_000 + "1" + "}" * 2_000, "nested far deeper"),
        ("horizon={" + ".".join("a" * 20_000) + "=1}", "nested far deeper"),
        ("network=1.5", "network = 1.5 is not allowed; give a table"),
        ("name=\udcff", "half a sign"),
    ],
)
def test_a_setting_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    assert words in refused(capsys, 2, "check", "open_house", "--set", text)


@pytest.mark.parametrize(
    "changes",
    [
        {"content": ["post"] * 3, "publish.interval": 1_000_000},
        {"attention": 10**400},
        {"network": 10**30},
    ],
)
def test_no_number_reaches_the_words_of_a_library(changes: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        Scenario().replace(changes)
    assert "pydantic" not in str(caught.value)
    assert next(iter({*changes} - {"content"})) in str(caught.value)


def test_a_calendar_may_reach_the_last_tick_there_is() -> None:
    calendar = Scenario().replace({"content": ["post"] * 3, "publish.interval": 500_000}).calendar()
    assert [post.tick for post in calendar] == [0, 500_000, 1_000_000]


@few
@given(scenarios())
def test_every_valid_scenario_can_be_written_and_read_back(scenario: Scenario) -> None:
    assert Scenario(**tomllib.loads(document(scenario.to_dict()))) == scenario


def test_what_is_set_to_none_at_a_tick_is_unset_in_its_file() -> None:
    limited = BASE.replace({"incentives.budget": 5.0})
    never = [{"tick": 2, "set": {"incentives": {"budget": None}}}]
    unset = [{"tick": 2, "unset": ["incentives.budget"]}]
    scenario = limited.replace({"timeline": never})
    assert scenario == limited.replace({"timeline": unset})
    assert 'unset = ["incentives.budget"]' in document(scenario.to_dict())
    assert [scenario.at(tick).incentives.budget for tick in (1, 2)] == [5.0, None]
    assert "unset" not in document(limited.replace({"timeline": [{"tick": 1}]}).to_dict())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"set": {"incentives.budget": 3.0}, "unset": ["incentives.budget"]}, "set and unset"),
        ({"unset": ["share.base.fan"]}, "share.base.fan = None is not allowed"),
        ({"unset": ["publish.outreach"]}, "decided before the first tick"),
    ],
)
def test_what_cannot_be_unset_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        BASE.replace({"timeline": [{"tick": 2, **change}]})


# networks -------------------------------------------------------------------------------------

_SAID = {
    "an unknown encoding": "unknown encoding: ebcdic",
    "an encoding of 100 letters": "unknown encoding: xxx",
    "an unknown encoding of GEXF": "as GEXF .unknown encoding: ebcdic",
    "encrypted": "encrypted",
    "packed in an unknown way": "compression method is not supported",
    "an array with half a head": "EOF in multi-line statement",
    "an array far too large": "too large",
    "an array of no known kind": "not a network that wordofmouth saved",
    "a field above 131,072 characters": "line 1: 'aaa",
    "zip bomb": "more than 200 times its size",
    "a billion laughs": "not valid XML",
    "an external entity": "not valid XML",
    "a way out of a zip": r"\.\./\.\./ties\.csv",
    "a symlink in a tar": "an archive of 0 files",
    "a matrix with a zero byte": "zero byte",
    "vertices that are nowhere": "far more",
}


@pytest.mark.parametrize("name", _SAID)
def test_a_network_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / "data"
    path.write_bytes(corpus.NETWORKS[name]())
    with pytest.raises(InputError, match=_SAID[name]) as caught:
        Network.from_file(path)
    assert str(path) in str(caught.value)


def test_no_entity_brings_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(corpus.NETWORKS["an external parameter"]())
    assert "root" not in str(Network.from_file(path).ids)


@pytest.mark.parametrize("name", ["a comment above 131,072 characters", "a tabbed one"])
def test_a_field_may_be_of_any_length(tmp_path: Path, name: str) -> None:
    path = tmp_path / "data"
    path.write_bytes(corpus.NETWORKS[name]())
    assert Network.from_file(path).n >= 3


def test_a_device_is_no_file() -> None:
    with pytest.raises(InputError, match="/dev/zero: this is a device"):
        Network.from_file("/dev/zero")


# studies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("outcomes in a list", "outcomes.0 = ['a'] is not allowed"),
        ("a number for what is set", "set = 3 is not allowed; give a table"),
        ("a text for a table", "network = 'x' is not allowed; give a table"),
        ("a name of 5,000 letters", "name too long"),
    ],
)
def test_a_study_is_refused_with_its_key(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, words: str
) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(dict(corpus.hand_written("study"))[name])
    typed = ("sweep", str(path), "--out", str(tmp_path / "out"))
    code = 4 if "too long" in words else 2
    assert words in refused(capsys, code, *typed)


@pytest.mark.parametrize("name", ["emoji", "control characters", "mathematics"])
def test_labels_are_drawn_without_a_word(name: str) -> None:
    title, _, one, two = dict(corpus.hand_written("labels"))[name]
    study = wom.sweep(
        lambda x: x, {title: {"link": {"x": [1, 2]}, "label": [one, two]}}, progress=False
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert study.plot()._repr_png_()


def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path) -> None:
    label = ["=1+1", "-2+3", "@a", "+b", "plain"]
    axis = {"=name": {"link": {"x": [-1, 2, 3, 4, 5]}, "label": label}}
    study = wom.sweep(lambda x: x, axis, progress=False)
    head, *rows = study.export(tmp_path / "runs.csv").read_text().splitlines()
    assert "'=name" in head
    assert [row.split(",")[1] for row in rows] == [*(f"'{each}" for each in label[:4]), "plain"]
    assert ",-1.0," in rows[0], "a number stays one"


# ledgers --------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small study in a folder."""
    out = tmp_path / "out"
    made = wom.sweep("cascade", {"horizon": [2, 3]}, replicates=2, out=out, progress=False,
                     settings={"network.people": 50})  # fmt: skip
    made.close()
    return out


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE about SET value = 'x' WHERE name = 'axes'", "'axes' is 'x', which is not a list"),
        ("UPDATE about SET value = '[1]' WHERE name = 'labels'", "is '[1]', which is not a table"),
        ("DELETE FROM about WHERE name = 'parts'", "about has no row 'parts'"),
        ("UPDATE points SET axes = '[1]' WHERE point = 1", "the axes of 1 is '[1]'"),
        (f"UPDATE points SET axes = '{'[' * 3_000}'", "the axes of 0 is '[[["),
        ("DELETE FROM points WHERE point = 1", "damaged"),
        ("DELETE FROM runs WHERE id = 2", "plan has 4 rows, and runs has 3 of them"),
        ("UPDATE runs SET status = 'x' WHERE id = 2", "status of point 1, replicate 0 is 'x'"),
        ("UPDATE runs SET reach = 'x' WHERE id = 3", "reach of point 0, replicate 1 is 'x'"),
    ],
)
def test_a_damaged_ledger_says_which_row_and_what_can_be_saved(
    capsys: pytest.CaptureFixture[str], folder: Path, sql: str, words: str
) -> None:
    with closing(sqlite3.connect(folder / "runs.sqlite")) as base:
        base.execute(sql)
        base.commit()
        (done,) = base.execute("SELECT COUNT(*) FROM runs WHERE status = 2").fetchone()
    said = refused(capsys, 4, "report", str(folder))
    assert "this ledger is damaged" in said
    assert words in said
    assert f"its table runs still has {done} done runs" in said


def test_a_part_of_a_study_lies_in_its_folder(tmp_path: Path) -> None:
    keep = {"keep": ["series"], "out": tmp_path / "out", "progress": False}
    study = wom.sweep("cascade", {"horizon": [2]}, settings={"network.people": 50}, **keep)
    study.ledger.base.execute("UPDATE parts SET name = '../study.toml'")
    with pytest.raises(StorageError, match=r"in parts the file of 'series' is '../study.toml'"):
        study.kept("series")
    study.close()


def test_an_answer_shows_no_file_from_elsewhere(tmp_path: Path) -> None:
    name, case = next(each for each in corpus.hand_written("answer") if each[0] == "a way out")
    with pytest.raises(StorageError, match="is no file of this folder"):
        saved.enter(case, tmp_path, _raising)
    assert name


def _raising(*typed: str) -> None:
    from wordofmouth.experiments.commands.report import document_of

    document_of(typed[1])


# results --------------------------------------------------------------------------------------


@pytest.mark.parametrize("luck", range(4))
def test_a_rate_is_of_people_and_the_payments_are_the_cost(luck: int) -> None:
    """Whoever is asked, or posts of their own accord, has seen what they pass on."""

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(scenarios(), st.integers(0, 2**32))
    def check(scenario: Scenario, seed: int) -> None:
        result = wom.run(scenario.replace({"network.people": 80}), seed=seed + luck)
        people = {stage.stage: stage.people for stage in result.funnel}
        for stage in result.funnel:
            assert math.isnan(stage.rate) or 0.0 <= stage.rate <= 1.0, stage
            assert stage.people <= stage.events
        assert people["share"] <= people["notice"] <= people["publish"]
        paid = result.payments["amount"].sum()
        assert paid == pytest.approx(result.kpis["cost"], abs=1e-9)
        assert sum(result.ledger.values()) == pytest.approx(result.kpis["cost"], abs=1e-9)
        json.dumps(result.to_dict(), allow_nan=False)

    check()


def test_who_met_it_from_others_and_is_asked_then_saw_it_at_first_hand() -> None:
    often = {"network.people": 300, "people.fans": 0.5, "people.advocates": 0.9,
             "advocacy.post": 1.0, "advocacy.interval": 1, "share.base.stranger": 0.3,
             "publish.seeds": 100}  # fmt: skip
    rates = {each.stage: each for each in wom.run(BASE.replace(often), seed=1).funnel}
    assert rates["share"].events > rates["share"].people
    assert 0.5 < rates["share"].rate <= 1.0


def test_less_than_half_an_impression_is_paid_for_all_the_same(tmp_path: Path) -> None:
    ad = {"type": "funny_video", "ticks": 5, "audience": 0.3, "impressions": 0.05,
          "cost_per_thousand": 4.0}  # fmt: skip
    result = wom.run(
        BASE.replace({"network.people": 200, "horizon": 12, "publish.ads": [ad]}), seed=2
    )
    ads = result.payments[result.payments["account"] == "ads"]
    assert ads["amount"].sum() == pytest.approx(result.ledger["ads"]) != 0.0
    assert result.payments["amount"].sum() == pytest.approx(result.kpis["cost"], abs=1e-9)
    assert wom.Result.load(result.save(tmp_path / "r")).payments.equals(result.payments)


def test_nothing_is_lost_of_a_study_that_is_whole(folder: Path) -> None:
    with closing(Study.load(folder)) as study:
        assert len(study.table()) == 4
