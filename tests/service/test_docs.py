"""What docs/service.md shows is answered."""

import re
from pathlib import Path

import pytest

from tests.service.conftest import Reading

_DOCS = Path(__file__).parents[2] / "docs" / "service.md"


def test_every_example_of_the_docs_is_answered(reading: Reading) -> None:
    if not _DOCS.is_file():
        pytest.skip("the docs are not here: this is an installed copy")
    text = _DOCS.read_text(encoding="utf-8")
    shown = re.findall(r"curl 'localhost:8000(/[^']*)'", text)
    shown += re.findall(r'"http://localhost:8000(/[^"]*)"', text)
    assert len(shown) > 40
    for address in shown:
        answer = reading.client.get(address)
        assert answer.status_code == 200, (address, answer.text[:300])
