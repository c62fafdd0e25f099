"""The examples in the description of the API: what the service answers today, in the form that is described."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.manual import made, text
from comity.service.settings import ServiceSettings

FILE = Path(__file__).parents[2] / "service" / "examples.json"


@pytest.fixture(scope="module")
def described(kept: Store) -> dict[str, Any]:
    """The description of a service."""
    found: dict[str, Any] = TestClient(create_app(kept, ServiceSettings())).get("/openapi.json").json()
    return found


def test_the_examples_are_what_the_service_answers(embedded_store: Store) -> None:
    """On one engine: that both answer alike is the matter of `cli/test_same_on_both.py`, and that each operation answers on both of `test_openapi.py`."""
    assert _rounded(FILE.read_text(encoding="utf-8")) == _rounded(text(made(embedded_store))), (
        "run: python -m comity.service.manual service/examples.json"
    )


def test_every_example_has_the_form_that_is_described(described: dict[str, Any]) -> None:
    seen = 0
    for where, content in _contents(described):
        schema = {**content["schema"], "components": described["components"]}
        for name, example in content.get("examples", {}).items():
            seen += 1
            fault = next(Draft202012Validator(schema).iter_errors(example["value"]), None)
            assert fault is None, (where, name, fault and (fault.message[:300], list(fault.absolute_path)))
    assert seen > 100


def test_every_operation_shows_what_is_sent_and_what_is_answered(described: dict[str, Any]) -> None:
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            if not path.startswith("/api/"):
                continue
            answers = operation["responses"]["200"]["content"]
            if "application/json" in answers:
                assert answers["application/json"]["examples"], (method, path)
            for form, body in operation.get("requestBody", {}).get("content", {}).items():
                assert body["examples"], (method, path, form)


def test_the_description_is_not_large(described: dict[str, Any]) -> None:
    assert len(json.dumps(described, ensure_ascii=False, separators=(",", ":")).encode()) < 1_000_000


def _contents(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that has a schema and examples: bodies, answers and problems, with where it stands."""
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    bodies = [(one["operationId"], one["requestBody"]) for one in operations if "requestBody" in one]
    answers = [
        (f"{one['operationId']} {status}", answer)
        for one in operations
        for status, answer in one["responses"].items()
    ]
    for where, holder in (*bodies, *answers, *described["components"]["responses"].items()):
        for form, content in holder.get("content", {}).items():
            yield f"{where} {form}", content


def _rounded(told: str) -> str:
    """The text with numbers at nine digits: what is computed may differ in the last ones from one processor to the next."""
    return re.sub(r"\d+\.\d{9,}(e-?\d+)?", lambda found: f"{float(found[0]):.9g}", told)
