"""The description of the API, and every route held to it: no fault of the service, no answer that is described otherwise."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from comity.service.links import LINKS
from comity.service.openapi import TAGS
from tests.service.conftest import Reading

_HELD_TO = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

_BOUNDED = settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    stateful_step_count=4,
)
"""Few examples of each of the many operations, always the same ones: half a minute in all."""


_PATIENCE = 120
"""Seconds for one answer, on a machine that has much else to do."""


_WITHOUT_KEYS = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
"""Made-up keys are wrong ones, and would have everything answered with 401."""


def _schema(reading: Reading) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", reading.client.app, config=_WITHOUT_KEYS)


def test_the_description_is_whole(reading: Reading) -> None:
    described = reading.client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    paths = [operation for path in described["paths"].values() for operation in path.values()]
    operations = {operation["operationId"]: operation for operation in paths}
    assert len(operations) == len(paths)
    for name, operation in operations.items():
        assert operation["summary"], name
        assert operation["description"], name
        assert set(operation["tags"]) <= set(TAGS), name
        refusal = operation["responses"]["404"]
        problem = described["components"]["responses"]["Problem404"] if "$ref" in refusal else refusal
        assert problem["content"].keys() == {"application/problem+json"}, name
        assert operation["security"] or name in ("healthz", "readyz"), name
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), (name, parameter)
        for link in operation["responses"]["200"].get("links", {}).values():
            target = operations[link["operationId"]]
            known = {parameter["name"] for parameter in target.get("parameters", ())}
            assert link.get("parameters", {}).keys() <= known, (name, link)
            assert ("requestBody" in link) <= ("requestBody" in target), (name, link)
    assert LINKS.keys() <= operations.keys()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_operation_is_as_described(small: Reading, mode: GenerationMode) -> None:
    for found in _schema(small).get_all_operations():
        operation = found.ok()
        told = operation.definition.raw
        if mode is GenerationMode.NEGATIVE and not (told.get("parameters") or "requestBody" in told):
            continue  # nothing is sent that could be wrong

        @_BOUNDED
        @given(case=operation.as_strategy(generation_mode=mode))
        def held(case: Any) -> None:
            case.call_and_validate(checks=_HELD_TO, timeout=_PATIENCE)

        held()


def test_links_lead_on(small: Reading) -> None:
    class Following(_schema(small).as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"timeout": _PATIENCE}

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            case.validate_response(response, checks=_HELD_TO)

    run_state_machine_as_test(Following, settings=settings(_BOUNDED, max_examples=8))
