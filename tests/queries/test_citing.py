"""What to cite, in each style."""

import json

import pytest

from comity.graph.errors import UnknownName
from comity.graph.model import Source
from comity.queries.citing import cite

DATA = Source(
    "set:a", "Treaties & more", publisher="A house", date="2002", version="5.1", url="https://example.org/a_b",
    citation="Author, A. 2002. Treaties & more.",
)  # fmt: skip
PAGE = Source("mine:page", "A page", publisher="A ministry", date="2016-10~")


def test_text_is_one_citation_a_line_and_each_once() -> None:
    assert cite([DATA, PAGE, DATA]) == "Author, A. 2002. Treaties & more.\nA ministry, “A page”, 2016-10~"


def test_bibtex_escapes_what_it_must() -> None:
    text = cite([DATA], "bibtex")
    assert isinstance(text, str)
    assert text.startswith("@misc{set:a,\n  title = {Treaties \\& more},")
    assert "year = {2002}" in text
    assert "url = {https://example.org/a\\_b}" in text


def test_csl_is_json_with_dates_as_parts() -> None:
    [item] = json.loads(json.dumps(cite([PAGE], "csl")))
    assert item == {
        "id": "mine:page", "type": "document", "title": "A page", "publisher": "A ministry", "issued": {"date-parts": [[2016]]},
    }  # fmt: skip


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(UnknownName, match="text, bibtex, csl"):
        cite([DATA], "mla")
