"""docs/assistants.md shows what the tools answer."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from comity.graph.stores.base import Store
from comity.service.mcp.server import WITH_CYPHER, assistant_server
from tests.service.mcp.conftest import ask, document

PAGE = (Path(__file__).parents[3] / "docs" / "assistants.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^`(\w+) (\{[^`]+\})`\n\n```json\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL)


def holds(found: Any, shown: Any) -> bool:
    """Whether what is shown is part of what was found: some of its names, the first of its items."""
    if isinstance(shown, dict):
        return isinstance(found, dict) and all(name in found and holds(found[name], value) for name, value in shown.items())  # fmt: skip
    if isinstance(shown, list):
        return isinstance(found, list) and len(shown) <= len(found) and all(map(holds, found, shown))
    return bool(found == shown)


@pytest.mark.parametrize(("tool", "arguments", "shown"), EXAMPLES, ids=[tool for tool, *_ in EXAMPLES])
def test_the_examples_are_what_is_answered(kept: Store, tool: str, arguments: str, shown: str) -> None:
    found = document(ask(assistant_server(kept), tool, **json.loads(arguments)))
    assert holds(found, json.loads(shown)), json.dumps(found, indent=1)


def test_every_tool_is_named() -> None:
    assert len(EXAMPLES) == 3
    for tool in WITH_CYPHER:
        assert f"`{tool.tool_name()}`" in PAGE
