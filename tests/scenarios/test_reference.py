"""The parameter reference and the ODD: what they say is what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from wordofmouth.scenarios.reference import parameters, reference, sections
from wordofmouth.sim.parameters import Channel, ContentType, Post, Scenario
from wordofmouth.sim.parameters.paths import flat
from wordofmouth.sim.parameters.publish import Ad, Outlet, Rival, Tool
from wordofmouth.sim.parameters.segments import Segment
from wordofmouth.sim.parameters.timeline import Change

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
STAGES = {file.stem: file for file in (ROOT / "sim" / "stages").glob("[a-z]*.py")}
# The formula of a stage that the plan asks too, and so stands there.
STAGES["believe"] = ROOT / "sim" / "plan" / "believe.py"
PATHS = {each.path for each in parameters()}
CODE = re.compile(r"`([^`]+)`")


def words(text: str) -> str:
    """Return a text with its white space and marks of code evened out."""
    return " ".join(text.replace("`", "").split())


def odd() -> str:
    return (DOCS / "odd.md").read_text(encoding="utf-8")


def test_the_committed_page_is_what_the_schema_says() -> None:
    committed = (DOCS / "parameters.md").read_text(encoding="utf-8")
    renew = "python -m wordofmouth.scenarios.reference > docs/parameters.md"
    assert committed == reference(), f"renew it: {renew}"


def test_every_parameter_of_a_scenario_is_there_once() -> None:
    tables = Scenario().model_dump(mode="json")
    tables["content_types"] = tables["channels"] = {}
    expected = set(flat(tables))
    items = {
        "content[]": Post,
        "content_types.NAME": ContentType,
        "channels.NAME": Channel,
        "segments.NAME": Segment,
        "publish.outlets[]": Outlet,
        "publish.ads[]": Ad,
        "publish.rivals[]": Rival,
        "publish.tools[]": Tool,
        "timeline[]": Change,
    }
    expected |= {f"{path}.{name}" for path, item in items.items() for name in item.model_fields}
    # What a kind of network asks for is no field of the schema, and several ask for the same.
    listed = [
        each.path
        for section in sections()
        for each in section.parameters
        if "=" not in section.path
    ]
    assert sorted(listed) == sorted(expected)


def test_defaults_are_those_of_a_scenario() -> None:
    stated = {each.path: each.default for each in parameters()}
    for path, value in flat(Scenario().model_dump(mode="json")).items():
        if isinstance(value, float | int) and not isinstance(value, bool) and "." in path:
            place = re.sub(r"^(channels|content_types)\.\w+", r"\1.NAME", path)
            assert float(stated[place]) == value, path


def test_every_parameter_says_where_it_comes_from_and_what_it_is() -> None:
    silent = [
        each.path for each in parameters() if not (each.source.strip() and each.label.strip())
    ]
    assert silent == []


def test_every_number_has_a_range() -> None:
    endless = {each.path for each in parameters() if each.allowed in ("number", "whole number")}
    assert endless == set()


def test_what_is_assumed_is_listed() -> None:
    listing = reference().partition("## Assumed\n")[2]
    listed = re.findall(r"^- `(.+)`$", listing, re.MULTILINE)
    assert listed == [each.path for each in parameters() if "assumed" in each.source]
    assert f"Of {len(parameters())} parameters {len(listed)} have" in listing
    # The share probability was measured, an advocate's was not.
    assert "share.base.advocate" in listed
    assert "share.base.stranger" not in listed


def test_what_a_timeline_cannot_change_is_marked() -> None:
    page = reference()
    for path in ("horizon", "people.fans", "publish.outlets[].fee", "channels.NAME.effort"):
        assert f"| `{path}` † |" in page
    for path in ("people.activity", "share.base.fan", "content_types.NAME.value"):
        assert f"| `{path}` |" in page


def test_every_row_has_six_cells() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("|")]
    assert {len(re.split(r"(?<!\\)\|", row)) for row in rows} == {8}


def test_the_odd_has_all_elements_and_all_eleven_design_concepts() -> None:
    elements = re.findall(r"^### (\d)\. ", odd(), re.MULTILINE)
    assert elements == list("1234567")
    concepts = [
        "Basic principles",
        "Emergence",
        "Adaptation",
        "Objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Observation",
    ]
    design = odd().partition("## 4. ")[2].partition("## 5. ")[0]
    assert re.findall(r"^\*\*([\w ]+)\.\*\*", design, re.MULTILINE) == concepts


def test_the_odd_names_only_parameters_that_there_are() -> None:
    tops = {path.partition(".")[0].removesuffix("[]") for path in PATHS if "." in path}
    named = {
        name
        for code in CODE.findall(odd())
        for name in re.findall(r"[\w\[\]]+(?:\.[\w\[\]*]+)+", code)
        if name.partition(".")[0].removesuffix("[]") in tops and not name.endswith((".py", ".md"))
    }
    tables = {section.path for section in sections()}
    assert len(named) > 100
    assert {name for name in named if name.removesuffix(".*") not in PATHS | tables} == set()


def test_the_odd_knows_every_stage() -> None:
    submodels = odd().partition("## 7. ")[2]
    headings = " ".join(re.findall(r"^#### (.+)$", submodels, re.MULTILINE))
    unknown = [
        stage
        for stage in STAGES
        if stage != "__init__" and stage not in headings.replace(",", "").split()
    ]
    assert [stage for stage in unknown if f"{stage}.py`" not in submodels] == []


def test_the_formulas_of_the_odd_are_those_of_the_stages() -> None:
    code = words(" ".join(file.read_text(encoding="utf-8") for file in STAGES.values()))
    formulas = re.findall(r"(?:^    .+\n)+", odd().partition("## 7. ")[2], re.MULTILINE)
    assert len(formulas) >= 12
    assert [formula for formula in formulas if words(formula) not in code] == []


def test_the_odd_goes_through_the_page_in_its_order() -> None:
    engine = (ROOT / "sim" / "engine.py").read_text(encoding="utf-8")
    page = engine.partition("def page(")[2].partition("advance = ")[0]
    stages = [
        "publish",
        "starts",
        "deliver",
        "notice",
        "click",
        "find",
        "convert",
        "share",
        "react",
        "follow",
        "unfollow",
    ]
    stages += ["complain", "revisit", "serve", "reward", "promote"]
    told = odd().partition("## 3. ")[2].partition("# Design")[0]
    for text, form in ((page, r"[ (]{}\(world"), (told, r"`{}`")):
        places = [re.search(form.format(stage), text) for stage in stages]
        assert None not in places
        starts = [place.start() for place in places if place is not None]
        assert starts == sorted(starts)


@pytest.mark.parametrize("page", ["odd.md", "parameters.md"])
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (DOCS / page).read_text(encoding="utf-8")):
        assert (DOCS / target).exists(), target
