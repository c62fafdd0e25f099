from pathlib import Path

import pytest

from comity.queries.manual import MARK, REFERENCES, updated

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", REFERENCES)
def test_the_document_is_up_to_date(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert text.count(MARK) == 1
    assert text == updated(text, REFERENCES[name]()), "python -m comity.queries.manual docs"
