"""The examples in the description of the API: real answers of the bundled dossiers, as `comity.service.manual` has put them into a file."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def examples() -> dict[str, Any]:
    """`answers`: for each operation its examples by name; `problems`: one for each status."""
    text = files("comity.service").joinpath("examples.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def exemplify(operation: dict[str, Any]) -> None:
    """Show in the description of an operation what was sent as an example, and what was answered."""
    answers = operation["responses"]["200"].get("content", {})
    bodies = operation.get("requestBody", {}).get("content", {})
    for name, example in examples()["answers"].get(operation["operationId"], {}).items():
        for form, answer in example["answer"].items():
            _show(answers[form], name, {"summary": example["request"], "value": answer})
        for body in bodies.values():
            _show(body, name, {"value": example["sent"]})


def of_problem(status: int) -> dict[str, Any]:
    """What a description of the answer with this status shows as an example of it, where there is one."""
    example = examples()["problems"].get(str(status))
    if example is None:
        return {}
    return {"examples": {"problem": {"summary": example["request"], "value": example["answer"]}}}


def _show(content: dict[str, Any], name: str, example: dict[str, Any]) -> None:
    content.setdefault("examples", {})[name] = example
