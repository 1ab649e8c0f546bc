"""The contract of the command line: documents, codes, and one sentence for each mistake."""

from __future__ import annotations

import html
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from wordofmouth.experiments.commands.main import main
from wordofmouth.scenarios.toml import document
from wordofmouth.sim.parameters import Scenario

from ..everything import EVERYTHING
from ..typed import SMALL, Answer, finish, settings, start

Wom = Callable[..., Answer]
RUN = ("run", "open_house", *settings(*SMALL))


def test_run_prints_one_document_with_the_fields_of_the_contract(wom: Wom) -> None:
    answer = wom(*RUN, "--seed", "7", "--json")
    assert answer.code == 0
    told = answer.told
    contract = {"scenario", "seed", "agents", "arcs", "ticks", "seconds", "digest", "funnel"}
    assert contract | {"kpis", "cascades"} <= set(told)
    assert (told["scenario"], told["seed"], told["agents"], told["ticks"]) == (
        "open_house", 7, 400, 30,
    )  # fmt: skip
    assert all(set(stage) >= {"stage", "people", "events", "rate"} for stage in told["funnel"])
    assert [stage["stage"] for stage in told["funnel"]][:4] == [
        "publish", "notice", "share", "reshare",
    ]  # fmt: skip
    assert set(told["cascades"]) >= {
        "count", "mean_size", "max_size", "share_alone", "share_ge_100", "structural_virality",
        "mean_depth",
    }  # fmt: skip
    assert all(value is None or isinstance(value, int | float) for value in told["kpis"].values())
    assert told["sentence"] in answer.error


# Word by word as the contract names them.
KPIS = """\
reach impressions frequency likes comments shares reshares r_first_hop r_later_hops k_factor
amplification structural_virality clicks conversions conversion_rate revenue cost reward_cost
cost_per_exposure cost_per_trusted_exposure cost_per_incremental_share cost_per_conversion
return_on_spend new_fans churn returning_visitors
advocates applause_rate community_growth activity_score community_experience mean_trust mean_bond
complaints complaints_mended share_of_voice sentiment refunds gaps_found visits offer_awareness
retargeting_list media_mentions partnerships leads email_list upsell cross_sell buyer_frequency fans
content_gaps_found authority mentions mentions_found
"""


def test_run_tells_every_indicator_of_the_contract(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "all.toml").write_text(document(Scenario().replace(EVERYTHING).to_dict()))
    quiet, lively = (
        wom("run", name, *more, "--json").told["kpis"]
        for name, more in (("open_house", settings(*SMALL)), ("all.toml", ()))
    )
    assert set(KPIS.split()) <= set(quiet)
    assert set(quiet) == set(lively)
    # What costs more, nobody can tell who has not seen the campaign without it.
    unknown = {name for name, value in lively.items() if value is None}
    assert unknown == {"cost_per_incremental_share"}
    assert [name for name in KPIS.split() if lively[name] == 0] == []


def test_run_tells_people_on_standard_output(wom: Wom) -> None:
    answer = wom(*RUN)
    assert answer.code == 0
    assert "notice" in answer.out
    assert "Of 400 people" in answer.out
    # With so short a horizon some posts never come.
    assert (
        answer.error == "note: content: 3 posts, the first at tick 32 never comes, since "
        "horizon = 30; give an earlier one.\n"
    )


def test_the_digest_is_the_same_for_any_number_of_threads(wom: Wom) -> None:
    alone, two, again = (
        wom(*RUN, "--seed", "3", "--threads", threads, "--json").told["digest"]
        for threads in ("1", "2", "1")
    )
    assert alone == two == again


def test_seeds_and_world_change_the_campaign(wom: Wom) -> None:
    digests = {
        wom(*RUN, *more, "--json").told["digest"]
        for more in ((), ("--seed", "1"), ("--world", "1"), ("--seeds", "3,5"))
    }
    assert len(digests) == 4


def test_a_real_network(wom: Wom, shared_data: Path) -> None:
    network = str(shared_data / "ego-facebook.txt")
    answers = [
        wom(
            "run", "open_house", "--network", network, "--seed", "7", "--threads", threads, "--json"
        )
        for threads in ("1", "2")
    ]
    assert all((a.told["agents"], a.told["arcs"]) == (4039, 176468) for a in answers)
    assert len({a.told["digest"] for a in answers}) == 1


def test_named_people_of_a_directed_network(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "ties.txt").write_text("ann bob\nbob eve\n")
    ties = ("--network", "ties.txt", "--directed", "--seeds", "ann")
    sure = settings("horizon=5", "people.fans=0", "share.base.stranger=1", "attention=unlimited")
    hears = wom("run", "cascade", *sure, *ties, "--json").told
    follows = wom("run", "cascade", *sure, *ties, "--arrow", "follows", "--json").told
    assert (hears["arcs"], follows["arcs"]) == (2, 2)
    assert (hears["kpis"]["reach"], follows["kpis"]["reach"]) == (3, 1)


def test_seeds_with_commas_in_their_names(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text('source,target\n"Doe, J",ann\nann,bob\n')
    few = ("run", "cascade", *settings("horizon=3"), "--network", "names.csv", "--json", "--seeds")
    digests = {wom(*few, asked).told["digest"] for asked in ('"Doe, J"', "Doe, J", ' "Doe, J" ')}
    assert len(digests) == 1
    assert wom(*few, 'ann, "Doe, J"', "--out", "kept").code == 0
    assert "seeds=['ann', 'Doe, J']" in html.unescape((tmp_path / "kept/report.html").read_text())


def test_look_says_what_is_understood(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("follower,followee\nann,bob\nbob,eve\n")
    told = wom("look", "ties.csv", "--json").told
    assert (told["people"], told["arcs"], told["directed"], told["components"]) == (3, 2, True, 1)
    assert told["understood"]["Direction"] == "directed (the columns followee and follower)"
    shown = wom("look", "ties.csv", "--undirected", "--out", "kept").out
    assert "Direction: undirected (directed = false was asked for, against " in shown
    assert "wom look ties.csv --undirected" in (tmp_path / "kept/report.html").read_text()
    assert wom("look", "ties.csv", "--weight", "count").code == 2
    assert wom("look", "missing.csv").code == 2


def test_people_from_a_table(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("follower,followee\nann,bob\nbob,eve\n")
    (tmp_path / "own.csv").write_text("id,role,segment,town\nann,fan,young,x\nzoe,fan,old,y\n")
    own = ("--network", "ties.csv", "--people", "own.csv")
    told = wom("look", "ties.csv", "--people", "own.csv", "--json").told
    assert told["understood"]["In the network"].startswith("1 of 2; 1 more, added")
    assert (told["acts"], told["kept"], told["faults"]) == (["role", "segment"], ["town"], [])
    assert wom("look", "--people", "own.csv", "--directed").code == 2
    assert wom("look").code == 2
    checked = wom("check", "cascade", *own, "--json").told
    assert checked["people"]["Kept"].startswith("town: nothing acts by these")
    few = ("run", "cascade", *settings("horizon=3", "publish.seeds=1"), *own)
    found = wom(*few, "--seeds", "zoe", "--json").told
    assert (found["agents"], len(found["people_digest"])) == (4, 64)
    assert [each["segment"] for each in found["segments"]] == ["old", "young", "(none)"]
    assert "By segment" in wom(*few, "--out", "kept").out
    page = (tmp_path / "kept/report.html").read_text()
    for text in ("The people as they were read", "--people own.csv", found["people_digest"]):
        assert text in page
    (tmp_path / "own.csv").write_text("id,trust\nann,7\n")
    assert wom(*few).code == 2
    assert wom("look", "--people", "own.csv").code == 2


def test_people_are_asked_by_name_in_the_world_that_is_asked_for(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("id,trust\n0,0.5\n")
    few = ("run", "everyday", *settings("horizon=1", "network.people=400", "publish.seeds=1"))
    few += ("--people", "own.csv", "--seed", "1", "--json")
    drawn, named = (wom(*few, *who, "--world", "2").told["arcs"] for who in ((), ("--seeds", "0")))
    assert drawn == named != wom(*few).told["arcs"]


def test_every_run_on_a_file_says_what_was_read(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("follower,followee\nann,bob\nbob,eve\n")
    few = ("run", "cascade", *settings("horizon=3", "publish.seeds=1"), "--network", "ties.csv")
    assert wom(*few, "--out", "kept").code == 0
    page = (tmp_path / "kept/report.html").read_text()
    assert "The network as it was read" in page
    assert "the columns followee and follower" in page
    assert wom("report", "kept").code == 0
    wom("run", "cascade", *settings("horizon=3", "network.people=100"), "--out", "made")
    assert "The network as it was read" not in (tmp_path / "made/report.html").read_text()
    wrong = wom(*few, "--weight", "probability")
    assert (wrong.code, wrong.error.count("\n")) == (2, 1)


BAD_INPUT = {
    "unknown key": (("--set", "share.bse.fan=0.1"), "did you mean 'share.base'"),
    "wrong type": (("--set", "horizon=soon"), "whole number"),
    "out of range": (("--set", "hours_per_tick=-1"), "hours_per_tick = -1"),
    "not a number": (("--set", "share.base.fan=nan"), "finite"),
    "infinite": (("--set", "incentives.reward=inf"), "finite"),
    "a probability of 1.2": (("--set", "share.base.fan=1.2"), "share.base.fan = 1.2"),
    "no horizon": (("--set", "horizon=0"), "horizon = 0"),
    "no equals sign": (("--set", "horizon"), "key=value"),
    "unknown content": (("--set", "content=funny_vdeo"), "did you mean 'funny_video'"),
    "unknown kind of network": (("--set", "network.kind=rign"), "network.kind = 'rign'"),
    "no such network file": (("--network", "missing.txt"), "there is no such file"),
    "a missing column": (("--network", "column.txt"), "line 2"),
    "an empty network": (("--network", "empty.txt"), "the file is empty"),
    "a seed not in the network": (("--network", "ties.txt", "--seeds", "9"), "9 is not a person"),
    "a seed that is a text": (("--network", "ties.txt", "--seeds", "ann"), "'ann'"),
    "a seed beyond the rows": (("--seeds", "10000000"), "10000000 is not a person"),
    "an empty seed": (("--seeds", "1,,2"), "1,,2"),
    "a seed twice": (("--seeds", "1,1"), "twice"),
    "negative luck": (("--seed", "-1"), "seed = -1"),
    "no thread": (("--threads", "0"), "threads = 0"),
    "an arrow without a file": (("--arrow", "hears"), "--network"),
    "a weight without a file": (("--weight", "count"), "--network"),
    "a weight that is not there": (("--network", "ties.txt", "--weight", "count"), "no weight"),
    "a column that is not there": (("--network", "ties.txt", "--time", "when"), "is no column"),
    "a way to read no file": (("--set", "network.repeated=sum"), "network.file too"),
    "luck in words": (("--seed", "seven"), "--seed"),
    "unknown option": (("--sede", "1"), "--sede"),
}


@pytest.mark.parametrize("mistake", BAD_INPUT)
def test_bad_input_gets_one_sentence_and_writes_nothing(
    wom: Wom, tmp_path: Path, mistake: str
) -> None:
    (tmp_path / "column.txt").write_text("1 2\n3\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "ties.txt").write_text("1 2\n2 3\n")
    before = set(tmp_path.rglob("*"))
    words, expected = BAD_INPUT[mistake]
    answer = wom("run", "open_house", *words, "--out", "kept/here")
    assert answer.code == 2
    assert answer.out == ""
    said = answer.error[answer.error.index("error: ") :]
    assert said.count("\n") == 1
    assert expected in said
    assert "Traceback" not in answer.error
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        ("file", "this is a file"),
        ("file/below", "is a file"),
        (".", "the current folder"),
        ("foreign", "holds 'notes.txt'"),
        ("elsewhere", "'run.json'"),
    ],
)
def test_a_folder_that_cannot_be_written_is_refused_before_the_run(
    wom: Wom, tmp_path: Path, out: str, expected: str
) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "notes.txt").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "run.json").write_text("{}")
    before = set(tmp_path.rglob("*"))
    answer = wom(*RUN, "--out", out)
    assert answer.code == 4
    assert expected in answer.error
    assert answer.error.count("\n") == 1
    assert set(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(
    "before", ["run", "check", "report", "credit", "status", "sweep", "demo --out"]
)
def test_a_name_that_the_system_refuses(wom: Wom, before: str) -> None:
    answer = wom(*before.split(), "x" * 300)
    assert answer.code == 4
    assert "name too long" in answer.error.lower()
    assert answer.error.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody may write to")
def test_a_folder_without_permission(wom: Wom) -> None:
    # Not by its mode, which does not bind the administrator that tests may run as.
    answer = wom(*RUN, "--out", "/proc/self/kept")
    assert answer.code == 4
    assert "cannot be written" in answer.error


@pytest.mark.parametrize("command", ["run", "check"])
def test_what_does_not_fit_is_refused(wom: Wom, command: str) -> None:
    answer = wom(command, "open_house", "--set", "network.people=1e12")
    assert answer.code == 3
    assert "network.people = 1,000,000,000,000" in answer.error
    assert "there is" in answer.error
    assert answer.out == ""


def test_a_list_a_string_and_a_table_can_be_set(wom: Wom) -> None:
    for text in ('content=["funny_video", "backstage"]', "content=funny_video"):
        assert wom(*RUN, "--set", text, "--json").code == 0
    told = wom(*RUN, "--set", "share.base={fan = 1.0, stranger = 1.0}", "--json").told
    assert told["kpis"]["shares"] > 0


def test_check_tells_whether_it_is_valid(wom: Wom, tmp_path: Path) -> None:
    told = wom("check", "open_house", "--json").told
    assert set(told) == {"valid", "errors", "bytes", "seconds", "notes"}
    assert told["valid"] is True
    assert told["errors"] == []
    assert told["bytes"] > 0
    assert told["seconds"] > 0
    assert "open_house is valid" in wom("check", "open_house").out

    (tmp_path / "mine.toml").write_text("horizon = 0\nname = 3\n")
    answer = wom("check", "mine.toml", "--json")
    assert answer.code == 2
    assert answer.told["valid"] is False
    assert len(answer.told["errors"]) == 2

    answer = wom("check", "open_house", "--json", "--set", "network.people=1e12")
    assert answer.code == 3
    assert answer.told["valid"] is False
    assert answer.told["bytes"] > 10**13


def test_check_measures_a_network_file(wom: Wom, shared_data: Path) -> None:
    answer = wom("check", "open_house", "--network", str(shared_data / "ego-facebook.txt"))
    assert answer.code == 0
    assert "for 4,039 people and 176,468 arcs" in answer.out.lower()
    assert "network: Format: blank-separated text" in answer.out
    missing = wom("check", "open_house", "--network", "missing.txt")
    assert (missing.code, missing.error.count("\n")) == (2, 1)


def test_check_says_what_reading_a_network_would_say(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("follower,followee\nann,bob\nbob,eve\n")
    answer = wom("check", "ties.csv")
    assert answer.out.startswith("ties.csv is read as 3 people and 2 arcs.")
    assert "directed (the columns followee and follower)" in answer.out
    assert wom("check", "ties.csv", "--json").told["network"]["Format"] == "comma-separated text"
    (tmp_path / "people.csv").write_text("id,label\n1,Ann\n2,Bob\n")
    wrong = wom("check", "people.csv", "--json")
    assert (wrong.code, wrong.told["valid"]) == (2, False)
    assert "looks like a table of people" in wrong.told["errors"][0]
    assert wom("check", "open_house", "--network", "people.csv").code == 2


def test_scenarios_are_listed(wom: Wom) -> None:
    named = [entry["name"] for entry in wom("scenarios", "--json").told["scenarios"]]
    assert "open_house" in named
    assert all(name in wom("scenarios").out for name in named)


def test_alone_it_says_what_to_do_next(wom: Wom) -> None:
    answer = wom()
    assert answer.code == 0
    assert "wom demo" in answer.out
    assert wom("--version").out.startswith("wordofmouth ")


@pytest.mark.parametrize("words", [("rnu",), ("run",), ("check",)])
def test_usage_gets_one_line(wom: Wom, words: tuple[str, ...]) -> None:
    answer = wom(*words)
    assert (answer.code, answer.out, answer.error.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("diagnose", "open_house", "--spend", "100eur"), "'100eur' is no number"),
        (("run", "open_house", "--seed", "1.5"), "'1.5' is no whole number"),
    ],
)
def test_what_is_no_number_is_said_in_our_words(
    wom: Wom, words: tuple[str, ...], said: str
) -> None:
    answer = wom(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.error
    assert words[-2] in answer.error
    assert "Input should" not in answer.error


def test_more_fans_than_people_are_not_valid(wom: Wom) -> None:
    few = ("--set", "network.people=3000", "--set", "people.fans=4000")
    answer = wom("check", "open_house", *few, "--json")
    assert (answer.code, answer.told["valid"]) == (2, False)
    assert "people.fans = 4000 is more than the network's 3000 people" in answer.told["errors"][0]
    assert wom("check", "open_house", "--set", "people.fans=1").code == 0


def test_the_demo_draws_a_picture(wom: Wom, tmp_path: Path) -> None:
    answer = wom("demo", "--out", "pictures")
    assert answer.code == 0
    assert "pictures/open_house.png" in answer.out
    assert "Of 10,000 people" in answer.out
    assert (tmp_path / "pictures" / "open_house.png").read_bytes().startswith(b"\x89PNG")
    (tmp_path / "file").write_text("mine")
    assert wom("demo", "--out", "file").code == 4


def test_the_command_itself(tmp_path: Path) -> None:
    assert finish(start(tmp_path, "run", "opn_house")).code == 2
    answer = finish(start(tmp_path, *RUN, "--json", "--out", "kept"))
    assert answer.code == 0
    assert answer.told["agents"] == 400
    assert (tmp_path / "kept" / "run.json").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_standard_output_that_is_full(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = start(tmp_path, "scenarios", stdout=full)
        answer = finish(process)
    assert answer.code == 4
    assert answer.error.startswith("error: standard output cannot be written")
    assert answer.error.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes that break")
@pytest.mark.parametrize("words", [("scenarios",), ("scenarios", "--json")])
def test_a_reader_who_has_read_enough_is_no_error(words: tuple[str, ...], tmp_path: Path) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w") as pipe:
        answer = finish(start(tmp_path, *words, stdout=pipe))
    assert answer.error == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    long = settings("horizon=1000000", "network.people=20000")
    process = start(tmp_path, "run", "cascade", *long, "--out", "kept")
    assert process.stderr is not None
    process.stderr.read(1)  # progress: it is under way
    process.send_signal(signal.SIGINT)
    answer = finish(process)
    assert answer.code == 130
    assert answer.error.endswith("error: interrupted; nothing was written.\n")
    assert "Traceback" not in answer.error
    assert list(tmp_path.iterdir()) == []


def loaded_by(folder: Path, *words: str) -> set[str]:
    """Return the packages that a command imports."""
    program = (
        "import sys; from wordofmouth.experiments.commands.main import main; "
        "main(sys.argv[1:]); print(*sys.modules)"
    )
    answer = finish(start(folder, *words, program=program))
    return {name.partition(".")[0] for name in answer.out.split()}


def test_an_interrupt_within_a_callback_is_heard(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Collected:
        def __del__(self) -> None:
            raise KeyboardInterrupt

    def say(*_: object, **__: object) -> None:
        Collected()

    monkeypatch.setattr("wordofmouth.experiments.commands.console.say", say)
    assert main(["scenarios"]) == 130
    assert capsys.readouterr().err == "error: interrupted; nothing was written.\n"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_that_others_make_of_an_interrupt_is_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As matplotlib's C does: an array that an interrupt left unread is no valid matrix."""

    def say(*_: object, **__: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise ValueError("invalid matrix") from None

    monkeypatch.setattr("wordofmouth.experiments.commands.console.say", say)
    assert main(["scenarios"]) == 130
    assert capsys.readouterr().err == "error: interrupted; nothing was written.\n"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_help_and_check_are_light(tmp_path: Path) -> None:
    heavy = {"numpy", "numba", "scipy", "mesa", "pandas", "matplotlib", "pyarrow", "rich"}
    assert loaded_by(tmp_path, "check", "open_house") & heavy == set()
    assert loaded_by(tmp_path, "--help") & (heavy | {"pydantic"}) == set()


def test_a_run_imports_what_it_needs(tmp_path: Path) -> None:
    heavy = {"mesa", "pandas", "matplotlib", "pyarrow"}
    assert loaded_by(tmp_path, *RUN, "--json") & heavy == set()
