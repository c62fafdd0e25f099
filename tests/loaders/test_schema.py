"""The JSON Schema of dossiers: its published copy is what the code makes, and it agrees with the loader as far as it can see."""

import json
import re
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from comity.graph.errors import DossierError
from comity.graph.kinds import kinds
from comity.loaders import form, schema
from comity.loaders.dossier import bundled, parse_dossier, template
from comity.loaders.faults import Faults
from comity.loaders.yaml_lines import Entries, Items, Node, Scalar, read_yaml

VALIDATOR = Draft202012Validator(schema.schema())
INTEGER, NUMBER = (
    re.compile(r"[-+]?[0-9]+"),
    re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
)


def as_editors_read(node: Node) -> Any:
    """The values that YAML 1.2 has editors see: plain words may be numbers, truth values or nothing."""
    match node:
        case Items():
            return [as_editors_read(item) for item in node.items]
        case Entries():
            return {key: as_editors_read(value) for key, (_, value) in node.entries.items()}
        case Scalar(plain=False):
            return node.text
        case Scalar() if node.empty:
            return None
        case Scalar(text="true" | "True" | "TRUE" | "false" | "False" | "FALSE"):
            return node.text.lower() == "true"
    if INTEGER.fullmatch(node.text):
        return int(node.text)
    return float(node.text) if NUMBER.fullmatch(node.text) else node.text


def complaints(text: str) -> list[str]:
    found = VALIDATOR.iter_errors(as_editors_read(read_yaml(text, Faults("x.yaml"))))
    return [error.json_path + ": " + error.message for error in found]


def accepted(text: str) -> bool:
    try:
        parse_dossier(text, "x.yaml")
    except DossierError:
        return False
    return True


def test_the_published_copy_is_what_the_code_makes() -> None:
    copy = resources.files("comity.loaders") / "dossier.schema.json"
    assert copy.read_text(encoding="utf-8") == schema.text(), "run: python -m comity.loaders.schema > FILE"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema.text()))


def test_every_field_and_word_is_explained() -> None:
    text = json.dumps(schema.schema(), ensure_ascii=False)
    for part, fields in form.FORM.items():
        for field in fields:
            assert json.dumps(field.about, ensure_ascii=False)[1:-1] in text, (part, field.name)
    defs = schema.schema()["$defs"]
    for kind in kinds().values():
        says = defs[f"{kind.name}-says"]["properties"]
        assert set(says) == {*kind.steps, *kind.properties, *form.names("says")}
        assert all(value["description"] for value in says.values())


def test_no_field_lacks_a_shape() -> None:
    defs = schema.schema()["$defs"]
    assert list(schema.schema()["properties"]) == form.names("dossier")
    for name, part in {"source": "source", "own-actor": "actor", "repair": "repair"}.items():
        assert list(defs[name]["properties"]) == form.names(part)
    for kind in kinds():
        assert list(defs[kind]["properties"]) == form.names("fact")
        assert list(defs[f"{kind}-account"]["properties"]) == form.names("account")


@pytest.mark.parametrize("name", bundled())
def test_bundled_dossiers_are_valid(name: str) -> None:
    assert complaints(bundled()[name].read_text(encoding="utf-8")) == []


def test_the_template_is_valid() -> None:
    assert complaints(template()) == []


SPAN = "{start: 1, end: 2, sha256: " + "0" * 64 + "}"
PAIR = "pairs: [{between: [FRA, DEU], step: suspended, date: 2021}]"
REPAIRED = "repaired: {signed: {was: x, rule: cut-year+split-digits}}"

# Each: what stands in the template and what is written instead.
RIGHT = {
    "a year": ("date: 2019-02", "date: 2019"),
    "numbers as texts": ("title: Griffin Strike 2016", "title: 2016"),
    "a span": ("place: first paragraph", f"place: {SPAN}"),
    "a pair": ("signed: 2019-01-22\n          in", f"{PAIR}\n          in"),
    "a repair": ("  in_force: 2020-01-22/..\n", f"  in_force: 2020-01-22/..\n        {REPAIRED}\n"),
    "a party": ("[FRA, DEU]", "[{actor: FRA, role: party, dates: 2020/.., pledges: []}, DEU]"),
    "one text for names": ("location: [Aachen]", "location: Aachen"),
}  # fmt: skip
WRONG = {
    "missing": ("  title: Griffin Strike 2016", "  # no title"),
    "unknown field": ("confidence: 0.9", "certainty: 0.9"),
    "unknown kind": ("kind: drill", "kind: exercise"),
    "unknown type": ("[summit]", "[dinner]"),
    "unknown role": ("role: guest}\n    accounts:\n      - source: operations", "role: visitor}\n    accounts:\n      - source: operations"),
    "step of another kind": ("held: 2016-03-03", "signed: 2016-03-03"),
    "property of another kind": ("personnel: some", "reference: some"),
    "date in words": ("held: 2016-03-03", "held: 3 March 2016"),
    "no date": ("held: 2016-03-03", "held:"),
    "no sources": ("sources:", "sources: {}\nquellen:"),
    "one party": ("[FRA, DEU]", "[FRA]"),
    "party by name": ("[FRA, DEU]", "[France, DEU]"),
    "pledges of a drill": ("{actor: GBR, role: host}", "{actor: GBR, role: host, pledges: []}"),
    "one date of a party": ("[FRA, DEU]", "[{actor: FRA, dates: 2020}, DEU]"),
    "confidence": ("confidence: 0.9", "confidence: 90"),
    "quoted number": ("confidence: 0.9", 'confidence: "0.9"'),
    "half a span": ("place: first paragraph", "place: {start: 1}"),
    "no hash": ("place: first paragraph", f"place: {SPAN.replace('0' * 64, 'abc')}"),
    "key": ("  amiens-2016:", "  Amiens 2016:"),
    "address": ("url: https://franceintheus.org", "url: franceintheus.org"),
    "list for text": ("title: Griffin Strike 2016", "title: [Griffin Strike]"),
    "text for list": ("types: [summit]", "types: summit"),
    "agreement without types": ("    types: [defence, consultation]\n", ""),
    "three in a pair": ("signed: 2019-01-22\n          in", f"{PAIR.replace('DEU', 'DEU, GBR')}\n          in"),
    "unknown rule": ("  in_force: 2020-01-22/..\n", f"  in_force: 2020-01-22/..\n        {REPAIRED.replace('cut-', '')}\n"),
    "label": ("# actors:\n#   MY-CLUB: {label: Organization", "actors:\n   MY-CLUB: {label: Club"),
}  # fmt: skip


def written(old: str, new: str) -> str:
    assert old in template(), old
    return template().replace(old, new, 1)


@pytest.mark.parametrize("change", RIGHT.values(), ids=RIGHT.keys())
def test_what_the_loader_takes_it_takes(change: tuple[str, str]) -> None:
    text = written(*change)
    if change[1].startswith("place: {"):  # spans need the hash of the text in the source
        text = text.replace(
            "publisher: Egmont Institute", f"publisher: Egmont Institute\n    sha256: {'0' * 64}"
        )
    parse_dossier(text, "x.yaml")
    assert complaints(text) == []


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_what_the_loader_refuses_for_its_form_it_refuses(change: tuple[str, str]) -> None:
    text = written(*change)
    assert not accepted(text)
    assert complaints(text)


WORDS = [
    *re.findall(r"[\w./~-]+", template()),
    "[]",
    "{}",
    "''",
    "~",
    "0",
    "-1",
    "1.5",
    "true",
    "2016/..",
    '"[..2016]"',
    "[JPN]",
]


@given(st.data())
def test_it_refuses_nothing_that_the_loader_takes(data: st.DataObject) -> None:
    lines = [line for line in template().splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        old = data.draw(st.sampled_from(re.findall(r"[\w./~-]+", lines[place])))
        lines[place] = lines[place].replace(old, data.draw(st.sampled_from(WORDS)), 1)
    text = "\n".join(lines)
    if accepted(text):
        assert complaints(text) == []
