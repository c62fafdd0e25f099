"""The server as assistants meet it: a process of its own, the official client, both ways of speaking, both stores."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import TextContent, TextResourceContents

from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.mcp.prompts import REQUESTS
from comity.service.mcp.server import TOOLS, assistant_server
from comity.service.settings import ServiceSettings
from tests.servers.application import served
from tests.service.mcp.conftest import COMITY, ask, document, listening, text, with_client

FACT = "japan-europe:guardian-north-16"
INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "somebody", "version": "1"}},
}  # fmt: skip


async def a_conversation(client: Client) -> None:
    """What an assistant does: it looks around, finds, ranks, reads the evidence, and slips."""
    listed = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(listed) == {tool.tool_name() for tool in TOOLS}
    assert client.instructions
    assert "missing, not zero" in client.instructions
    found = document(await client.call_tool("find_actors", {"name": "Japan"}))
    assert [one["id"] for one in found["candidates"]] == ["JPN"]
    ranked = document(
        await client.call_tool("rank_actors", {"layers": ["talks"], "as_of": "2016/2017", "limit": 1})
    )
    assert [row["actor"] for row in ranked["rows"]] == ["JPN"]
    between = document(
        await client.call_tool("relate_actors", {"a": "JPN", "b": "GBR", "as_of": "2016-12-31"})
    )
    assert FACT in {fact["fact"] for fact in between["facts"]}
    fact = document(await client.call_tool("get_fact", {"fact": FACT}))
    assert {statement["source"] for statement in fact["statements"]} <= set(fact["sources"])
    assert found["revision"] == ranked["revision"] == between["revision"] == fact["revision"]
    slip = await client.call_tool("relate_actors", {"a": "Korea", "b": "JPN"})
    assert slip.is_error
    assert "KOR (South Korea), PRK (North Korea)" in text(slip)
    (content,) = (await client.read_resource(f"comity://fact/{FACT}")).contents
    assert isinstance(content, TextResourceContents)
    assert json.loads(content.text) == fact
    prompt = await client.get_prompt("check_claim", {"claim": "Japan drilled with nobody"})
    assert isinstance(prompt.messages[0].content, TextContent)
    assert "Japan drilled with nobody" in prompt.messages[0].content.text


def test_over_standard_input_and_output(filled_url: str) -> None:
    environment = {**os.environ, "COMITY_STORE": filled_url}
    command, *arguments = COMITY
    with_client(
        StdioServerParameters(command=command, args=[*arguments, "mcp"], env=environment), a_conversation
    )


def test_over_http(filled_url: str, tmp_path: Path) -> None:
    environment = {**os.environ, "COMITY_STORE": filled_url}
    with listening(environment=environment, folder=tmp_path) as url:
        with_client(url, a_conversation)
        # Of a web page that a browser shows, whatever name its own server goes by, nobody is answered.
        headers = {"Accept": "application/json, text/event-stream"}
        assert httpx.post(url, json=INITIALIZE, headers=headers).status_code == 200
        assert httpx.get(url, headers=headers).status_code == 405
        for foreign in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
            assert httpx.post(url, json=INITIALIZE, headers=headers | foreign).status_code in (403, 421)
        assert httpx.post(url, content=b"x" * 200_000, headers=headers | {"Content-Type": "application/json"}).status_code == 413  # fmt: skip


@pytest.fixture
def service(filled: Store) -> Iterator[str]:
    """The whole service with a real server before it; gives its URL."""
    with served(create_app(filled, ServiceSettings(freshness=0)), lifespan="on") as address:
        yield address


def test_within_the_service_where_many_ask_at_once(service: str) -> None:
    with_client(f"{service}/mcp", a_conversation)
    assert httpx.get(f"{service}/api/measures/degree").status_code == 200

    async def work(client: Client) -> list[Any]:
        answers: list[Any] = []

        async def one(number: int) -> None:
            answers.append(
                document(
                    await client.call_tool(
                        "rank_actors",
                        {
                            "types": "all",
                            "layers": ["agreement", "talks", "drill"],
                            "as_of": "2014/2017",
                            "offset": number,
                            "limit": 1,
                        },
                    )
                )
            )

        async with anyio.create_task_group() as group:
            for number in range(10):
                group.start_soon(one, number)
        return answers

    answers = with_client(f"{service}/mcp", work)
    assert len({answer["rows"][0]["actor"] for answer in answers}) == 10


def test_nothing_but_the_protocol_is_printed(filled_url: str) -> None:
    environment = {**os.environ, "COMITY_STORE": filled_url}
    lines = [
        INITIALIZE,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "describe_graph", "arguments": {}}},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "ask_cypher", "arguments": {"cypher": "nonsense"}}},
    ]  # fmt: skip
    with subprocess.Popen(
        (*COMITY, "mcp", "--cypher"),
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(f"{json.dumps(line)}\n" for line in lines))
        process.stdin.flush()
        told = [json.loads(process.stdout.readline()) for _ in range(3)]
        rest, err = process.communicate(timeout=60)  # which ends its input
    assert sorted(message["id"] for message in told) == [1, 2, 3]
    assert (process.returncode, rest, err) == (0, "", "")


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    environment = {**os.environ, "COMITY_STORE": str(tmp_path / "none")}
    done = subprocess.run((*COMITY, "mcp"), env=environment, input="", capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: there is no store in ")


def test_what_the_protocol_refuses(kept: Store) -> None:
    server = assistant_server(kept)

    async def work(client: Client) -> list[str]:
        told = []
        for wrong in (
            client.call_tool("delete_everything", {}),
            client.call_tool("ask_cypher", {"cypher": "RETURN 1"}),  # it has to be asked for
            client.read_resource("comity://fact/none"),
            client.read_resource("comity://secrets/1"),
            client.read_resource("file:///etc/passwd"),
            client.get_prompt("poem", {}),
            client.get_prompt("check_claim", {}),
        ):
            with pytest.raises(MCPError) as refused:
                await wrong
            told.append(str(refused.value))
        return told

    told = with_client(server, work)
    assert "there is no tool 'ask_cypher'" in told[1]
    assert "there is no fact 'none'" in told[2]
    assert "comity://fact/ID" in told[3]
    assert "take" in told[-1]


def test_the_lists_are_for_strict_clients(kept: Store) -> None:
    async def work(client: Client) -> None:
        for tool in (await client.list_tools()).tools:
            assert tool.annotations
            assert tool.annotations.read_only_hint
            assert tool.description
            assert tool.input_schema["type"] == "object"
            assert tool.input_schema["additionalProperties"] is False
            for name, field in tool.input_schema.get("properties", {}).items():
                assert field.get("description"), f"{tool.name}.{name}"
        for prompt in (await client.list_prompts()).prompts:
            assert {argument.name for argument in prompt.arguments or ()} == set(REQUESTS[prompt.name].gaps)
        assert [str(one.uri) for one in (await client.list_resources()).resources] == ["comity://graph"]
        templates = (await client.list_resource_templates()).resource_templates
        assert {one.uri_template for one in templates} == {"comity://fact/{fact}", "comity://actor/{actor}"}

    with_client(assistant_server(kept, cypher=True), work)
    assert ask(assistant_server(kept, cypher=True), "ask_cypher", cypher="RETURN 1 AS n").structured_content
