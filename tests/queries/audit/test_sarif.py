import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from comity.graph.loading import load
from comity.graph.stores import Store
from comity.queries.audit import RULES, audit, to_sarif
from tests.graph.facts import stated
from tests.queries.audit.graphs import clean, other

TEXT = {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}}, "required": ["text"]}
PLACE = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("name", "fullyQualifiedName", "kind")},
    "required": ["fullyQualifiedName"],
    "additionalProperties": False,
}
LOCATION = {
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": -1},
        "logicalLocations": {"type": "array", "items": PLACE, "uniqueItems": True},
    },
    "additionalProperties": False,
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
# What the standard asks of the parts that comity uses: required properties, and none that it does not know.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "help"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {"level": LEVEL},
                                                    "additionalProperties": False,
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["executionSuccessful"],
                            "additionalProperties": False,
                            "properties": {
                                "executionSuccessful": {"type": "boolean"},
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["message"],
                                        "additionalProperties": False,
                                        "properties": {
                                            "message": TEXT,
                                            "level": LEVEL,
                                            "associatedRule": {"type": "object"},
                                        },
                                    },
                                },
                            },
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "ruleId", "partialFingerprints"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": LEVEL,
                                "message": TEXT,
                                "locations": {"type": "array", "items": LOCATION},
                                "relatedLocations": {"type": "array", "uniqueItems": True, "items": LOCATION},
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                            },
                        },
                    },
                    "properties": {"type": "object"},
                },
            },
        },
    },
}


@pytest.fixture
def log(store: Store) -> dict[str, Any]:
    load(store, other(stated("old", "DEU FRA", ["in_force 1960/1965"], collection="other")))
    load(store, clean(stated("pact", "JPN USA", ["signed 1960-01-20"])))
    found: dict[str, Any] = json.loads(json.dumps(to_sarif(audit(store))))
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def test_a_log_has_the_form_of_sarif(log: dict[str, Any]) -> None:
    jsonschema.validate(log, SCHEMA)


def test_results_name_rule_level_place_and_id(log: dict[str, Any]) -> None:
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert rules[result["ruleIndex"]]["defaultConfiguration"]["level"] == result["level"]
    result = run["results"][0]
    assert (result["ruleId"], result["level"]) == ("code-outside-dates", "warning")
    assert result["locations"] == [
        {"logicalLocations": [{"name": "other:old", "fullyQualifiedName": "fact/other:old", "kind": "fact"}]}
    ]
    assert result["partialFingerprints"]["comityFinding/v1"].startswith("code-outside-dates:")
    assert [place["logicalLocations"][0]["fullyQualifiedName"] for place in result["relatedLocations"]] == [
        "actor/DEU",
        "actor/COW-GFR",
    ]


def test_what_could_not_be_checked_is_told(log: dict[str, Any]) -> None:
    (run,) = log["runs"]
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert [notice["associatedRule"]["id"] for notice in told] == ["span-differs", "text-missing"]


def test_no_path_of_the_machine_is_told(store: Store, tmp_path: Path) -> None:
    load(store, clean())
    folder = tmp_path / "texts"
    folder.mkdir()
    log = to_sarif(audit(store, texts=folder))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["text-missing"]
    assert not any(str(tmp_path) in text for text in _texts(log))
