"""Reading scenario files: what is filled in beneath them, and what is said of bad ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from wordofmouth.scenarios.loader import load, names, question, read_tables
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.errors import InputError, StorageError


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def refusal(name_or_path: object) -> str:
    with pytest.raises(InputError) as caught:
        load(name_or_path)
    return str(caught.value)


def test_names_are_the_shipped_scenarios() -> None:
    assert names() == [
        "advocacy_programme",
        "amplification",
        "amplification_clustered",
        "bouncing",
        "cascade",
        "everyday",
        "funny_video",
        "hard_sell",
        "long_tail",
        "marketing_cycle",
        "meme_contest",
        "open_house",
        "prize_draw",
        "retweets",
        "reunion",
        "service_crisis",
        "shop",
        "spotlight",
        "super_bowl",
        "value_first",
    ]


def test_a_scenario_is_found_by_name_and_by_path(tmp_path: Path) -> None:
    file = write(tmp_path, "horizon = 7")
    assert load(file) == load(str(file))
    assert load(file).horizon == 7
    assert load("cascade").name == "cascade"


def test_a_file_gives_the_scenario_its_name_unless_it_names_itself(tmp_path: Path) -> None:
    assert load(write(tmp_path, "horizon = 7", "autumn.toml")).name == "autumn"
    assert load(write(tmp_path, 'name = "Autumn"', "autumn.toml")).name == "Autumn"


def test_an_empty_file_is_a_scenario_of_defaults(tmp_path: Path) -> None:
    scenario = load(write(tmp_path, ""))
    assert scenario.horizon == 48
    assert scenario.calendar()[0].type == "post"


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    file = tmp_path / "notepad.toml"
    file.write_bytes(b"\xef\xbb\xbfhorizon = 7\r\n")
    assert load(file).horizon == 7


def test_a_file_without_suffix_is_found_and_a_shipped_name_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "horizon = 7", "autumn")
    write(tmp_path, "horizon = 7", "cascade")
    assert load("autumn").horizon == 7
    assert load("cascade").horizon == 200
    assert load("./cascade").horizon == 7
    assert load(Path("cascade")).horizon == 7


def test_a_bare_name_is_that_of_a_file_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "horizon = 7", "cafe.toml")
    assert load("cafe").horizon == 7
    (tmp_path / "cafe").mkdir()  # where its results are kept, say
    assert load("cafe").horizon == 7
    with pytest.raises(InputError, match="did you mean 'cafe'"):
        load("caffe")


def test_a_question_is_answered_for_names_and_files(tmp_path: Path) -> None:
    assert question("open_house").endswith("?")
    assert question(write(tmp_path, "horizon = -1")) == ""


def test_own_content_types_add_to_the_shipped_ones(tmp_path: Path) -> None:
    text = "[content_types.petition]\nvalue = 0.7\n"
    types = load(write(tmp_path, text)).content_types
    assert types["petition"].value == 0.7
    assert types["funny_video"] == load("cascade").content_types["funny_video"]


def test_an_own_table_changes_a_shipped_content_type_field_by_field(tmp_path: Path) -> None:
    shipped = load("cascade").content_types["funny_video"]
    own = load(write(tmp_path, "[content_types.funny_video]\nvalue = 0.9\n"))
    assert own.content_types["funny_video"] == shipped.model_copy(update={"value": 0.9})


def test_a_network_file_lies_beside_the_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    ties = write(tmp_path / "data", "0 1\n1 2\n", "ties.txt")
    file = write(tmp_path, '[network]\nfile = "data/ties.txt"\n')
    monkeypatch.chdir("/")
    assert Campaign(load(file)).network.n == 3
    absolute = write(tmp_path, f'[network]\nfile = "{ties}"\n')
    assert load(absolute).network.file == str(ties)


def test_a_misspelt_name_gets_the_nearest_one() -> None:
    assert refusal("open_hous") == "there is no scenario 'open_hous'; did you mean 'open_house'?"


def test_an_unknown_name_gets_the_list() -> None:
    assert refusal("zzz") == f"there is no scenario 'zzz'; there are {', '.join(names())}."


def test_the_content_types_are_no_scenario() -> None:
    assert refusal("content_types").startswith("there is no scenario 'content_types'")


@pytest.mark.parametrize("nonsense", [None, 5, b"open_house", ["open_house"]])
def test_what_is_no_name_is_refused(nonsense: object) -> None:
    assert refusal(nonsense) == f"{nonsense!r} is no scenario; give a shipped name or a path."


def test_a_missing_file_gets_the_nearest_one_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "", "autumn.toml")
    file = tmp_path / "autum.toml"
    assert refusal(file) == f"{file}: there is no such file; did you mean 'autumn.toml'?"
    assert refusal("nowhere/x.toml") == (
        "nowhere/x.toml: there is no such file; check the spelling and the folder."
    )
    below = tmp_path / "autumn.toml" / "x.toml"
    assert refusal(below).startswith(f"{below}: there is no such file;")


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: this is a folder; give a scenario file in it."


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("horizon = 7\nattention\n", 2, "expected '=' after a key in a key/value pair"),
        ("horizon = 7\n\n\nhorizon = 8\n", 4, "cannot overwrite a value"),
        ('name = "half', 1, "unterminated string"),
        ("horizon = 7\n[network", 2, ""),
    ],
)
def test_what_is_not_toml_names_file_and_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    file = write(tmp_path, text)
    said = refusal(file)
    assert said.startswith(f"{file}, line {line}: this is not TOML ({reason}")
    assert said.endswith("; correct it.")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("name = coffee\n", 'write "coffee"'),
        ("name = ann's cafe  # ours\n", 'write "ann\'s cafe"'),
        ("[people]\nfans = 5%\n", "write 0.05"),
        ("[network]\npeople = 20,000  # all\n", "write 20000"),
        ("[network]\npeople = 20,00\n", "correct it"),
    ],
)
def test_a_value_as_people_write_it_gets_a_remedy(tmp_path: Path, text: str, remedy: str) -> None:
    assert refusal(write(tmp_path, text)).endswith(f"; {remedy}.")


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "1" * 10_000])
def test_brackets_and_digits_without_end_are_refused(tmp_path: Path, text: str) -> None:
    file = write(tmp_path, text)
    assert refusal(file).startswith(f"{file}: this cannot be read as TOML")


def test_what_is_not_utf_8_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes('horizon = 7\nname = "Brüssel"\n'.encode("latin-1"))
    assert refusal(file) == f"{file}, line 2: the text is not UTF-8; save it as UTF-8."


def test_a_file_that_never_ends_is_refused() -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("needs /dev/zero")
    assert refusal(endless).startswith("/dev/zero: this is over 16 MiB")


def test_what_cannot_be_opened_is_a_storage_error() -> None:
    with pytest.raises(StorageError, match="the file cannot be read"):
        load("with\0null.toml")


def test_every_sentence_of_the_validation_begins_with_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, "horizont = 7\n[share.base]\nfan = 1.2\n")
    lines = refusal(file).splitlines()
    assert len(lines) == 2
    assert all(line.startswith(f"{file}: ") for line in lines)
    assert any("share.base.fan = 1.2" in line for line in lines)
    assert any("'horizon'" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("content_types = 3", "content_types"),
        ("[content_types]\nfunny_video = 3", "content_types.funny_video"),
        ("network = 3", "network"),
        ("[network]\nfile = 3", "network.file"),
        ("[content_types.mine]\nfun = 3", "content_types.mine.fun"),
        ('content = "funny_vido"', "content"),
    ],
)
def test_what_is_filled_in_does_not_hide_a_mistake(tmp_path: Path, text: str, path: str) -> None:
    file = write(tmp_path, text)
    assert refusal(file).startswith(f"{file}: {path}")


def test_tables_are_read_as_they_stand(tmp_path: Path) -> None:
    assert read_tables(write(tmp_path, "[share.base]\nfan = 2")) == {"share": {"base": {"fan": 2}}}


def test_a_scenario_is_checked_before_numpy_and_the_compiler_are_there() -> None:
    program = (
        "import sys, wordofmouth.scenarios.loader as loader\n"
        "[loader.load(name) for name in loader.names()]\n"
        "print(*{'numpy', 'numba', 'scipy', 'networkx', 'mesa', 'pandas'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ran.stdout.strip(), ran.stderr) == ("", "")
