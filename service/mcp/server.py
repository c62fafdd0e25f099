"""The server that speaks the protocol: it lists the tools, checks what they are called with, bounds what they answer."""

import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import anyio
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PromptMessage,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
)
from pydantic import ValidationError

import comity
from comity.graph.errors import ComityError
from comity.graph.stores.base import Store
from comity.graph.stores.read_only import ReadOnly
from comity.graph.stores.steady import read_steadily
from comity.graph.stores.stopping import Stop, heeding
from comity.service.mcp.actors import ActorProfile, FindActors, RelateActors
from comity.service.mcp.answers import LIMIT, Document, fitted, text_of
from comity.service.mcp.arguments import Graph
from comity.service.mcp.evidence import CiteSources, FindFacts, GetFact, ListConflicts
from comity.service.mcp.graph import AskCypher, DescribeGraph, ListQueries, RunQuery
from comity.service.mcp.numbers import ExplainNumber, RankActors
from comity.service.mcp.prompts import REQUESTS
from comity.service.mcp.tool import Tool

TOOLS: tuple[type[Tool], ...] = (
    DescribeGraph, FindActors, ActorProfile, RelateActors, RankActors, ExplainNumber, FindFacts, GetFact, ListConflicts, CiteSources,
    ListQueries, RunQuery,
)  # fmt: skip
"""The tools that are always there."""

WITH_CYPHER: tuple[type[Tool], ...] = (*TOOLS, AskCypher)
"""The same with that which is there only where it was asked for."""

INSTRUCTIONS = """\
comity is a graph of documented relations between states and organizations: agreements, drills, talks, memberships, representation, disputes, each \
fact with the statements of its sources.
- Begin with describe_graph (what is covered, and the words of the other tools) and find_actors (whom a name means, at a date).
- What no source covers is missing, not zero: never conclude that two states had no tie because this graph has none.
- An intention is no tie: what is announced, negotiated or signed is not in force. Read the status.
- `certain` ties hold whatever unknown dates are and are disputed by no source; `possible` ones may. Say which you mean; give ranges with `doubt`.
- Dates are EDTF: 2016-12-31; 2016-10 (some day of October); [2016-10-23..2016-10-24] (one of these days); 2010/2016 (from, until); 2010/.. (goes on). \
Never make them more precise than they are.
- Where sources disagree, give every account with its source.
- Each answer repeats the question as it was understood (`asked`) and the `revision` of the graph, and names its sources: quote them.
- An answer that was cut says so in `cut`, and how to see more."""

_ABOUT_RESOURCES: dict[str, type[Tool]] = {"fact": GetFact, "actor": ActorProfile}
"""What can be read at comity://NAME/ID, by the tool that answers it with that argument alone."""

_AT_ONCE = 4
"""Calls that are answered at the same time: more would only wait for each other's processor."""

_SECONDS = 120.0
"""What is computed for one call takes so long at most."""

_LONGEST_ERROR = 1_500
_FAULTS = 5

_LOG = logging.getLogger(__name__)

_FOR_TOOLS = {
    r"`comity find TEXT`": "find_actors",
    r"`comity query sources`": "run_query with `sources`",
    r"with --source one of": "with `sources` one of",
    r"with -p (\w+)=…": r"in `parameters` as \1",
    r", or raise --timeout": "",
}
"""Remedies for who types commands, and what they are for who calls tools."""


def assistant_server(
    store: Store, *, texts: Path | None = None, cypher: bool = False, characters: int = LIMIT
) -> Server[Any]:
    """The server of an open store; whoever opened it closes it.

    `texts` is a folder with the texts of sources, to show the words from. With `cypher` assistants may write read-only queries.
    `characters` is how long an answer may be.
    """
    graph = Graph(ReadOnly(store), texts)
    tools = {tool.tool_name(): tool for tool in (WITH_CYPHER if cypher else TOOLS)}
    at_once = anyio.CapacityLimiter(_AT_ONCE)

    async def answered(tool: type[Tool], arguments: dict[str, Any]) -> Document:
        with heeding(Stop(_SECONDS)) as stop:
            outcome: list[Document | Exception] = []
            async with anyio.create_task_group() as group:
                group.start_soon(_tell_when_cancelled, stop)
                try:
                    outcome.append(
                        await anyio.to_thread.run_sync(
                            _answer, tool, arguments, graph, characters, limiter=at_once
                        )
                    )
                except Exception as error:  # which the group would wrap
                    outcome.append(error)
                group.cancel_scope.cancel()
        [found] = outcome
        if isinstance(found, Exception):
            raise found
        return found

    async def list_tools(context: Any, given: Any) -> ListToolsResult:
        return ListToolsResult(tools=[tool.listed() for tool in tools.values()])

    async def call_tool(context: Any, given: CallToolRequestParams) -> CallToolResult:
        tool = tools.get(given.name)
        if tool is None:
            raise MCPError(
                INVALID_PARAMS, f"there is no tool {given.name[:100]!r}; there are {', '.join(tools)}"
            )
        try:
            found = await answered(tool, given.arguments or {})
        except Exception as error:
            return CallToolResult(content=[TextContent(text=_told(error, given.name, tool))], is_error=True)
        return CallToolResult(content=[TextContent(text=text_of(found))], structured_content=found)

    async def list_resources(context: Any, given: Any) -> ListResourcesResult:
        graph = Resource(
            uri="comity://graph", name="graph", title="What the graph holds", mime_type=_JSON,
            description=DescribeGraph.listed().description,
        )  # fmt: skip
        return ListResourcesResult(resources=[graph])

    async def list_templates(context: Any, given: Any) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(
            resource_templates=[
                ResourceTemplate(
                    uri_template=f"comity://{name}/{{{name}}}", name=name, title=tool.listed().title, mime_type=_JSON,
                    description=tool.listed().description,
                )
                for name, tool in _ABOUT_RESOURCES.items()
            ]
        )  # fmt: skip

    async def read_resource(context: Any, given: ReadResourceRequestParams) -> ReadResourceResult:
        tool, arguments = _resource(str(given.uri))
        try:
            found = await answered(tool, arguments)
        except Exception as error:
            raise MCPError(INVALID_PARAMS, _told(error, str(given.uri), tool)) from None
        return ReadResourceResult(contents=[TextResourceContents(uri=given.uri, mime_type=_JSON, text=text_of(found))])  # fmt: skip

    async def list_prompts(context: Any, given: Any) -> ListPromptsResult:
        return ListPromptsResult(prompts=[request.described() for request in REQUESTS.values()])

    async def get_prompt(context: Any, given: GetPromptRequestParams) -> GetPromptResult:
        request = REQUESTS.get(given.name)
        if request is None:
            raise MCPError(INVALID_PARAMS, f"there is no prompt {given.name[:100]!r}; there are {', '.join(REQUESTS)}")  # fmt: skip
        gaps = given.arguments or {}
        if set(gaps) != set(request.gaps):
            raise MCPError(INVALID_PARAMS, f"{request.name} takes {', '.join(request.gaps)}: give each of them once")  # fmt: skip
        text = request.text.format(**{name: value[:_LONGEST_ERROR] for name, value in gaps.items()})
        return GetPromptResult(
            description=request.about, messages=[PromptMessage(role="user", content=TextContent(text=text))]
        )

    return Server(
        "comity",
        title="comity: documented relations between states",
        version=comity.__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


_JSON = "application/json"


async def _tell_when_cancelled(stop: Stop) -> None:
    """Tell the thread that works for a call to end, when the client has taken the call back or is gone: a thread is not cancelled."""
    try:
        await anyio.sleep_forever()
    finally:
        stop.tell()


def _answer(tool: type[Tool], arguments: dict[str, Any], graph: Graph, characters: int) -> Document:
    """What the tool answers, all of it of the one revision that it names, as long as it may be."""
    asked = tool.model_validate(arguments)
    found, revision = read_steadily(graph.store, lambda: asked.answer(graph))
    return fitted({"asked": found["asked"], "revision": revision, **found}, characters, tool.LESS)


def _resource(uri: str) -> tuple[type[Tool], dict[str, Any]]:
    """The tool that answers what stands at an address, and what to call it with."""
    name, _, id = uri.removeprefix("comity://").partition("/")
    if uri.startswith("comity://") and name == "graph" and not id:
        return DescribeGraph, {}
    if uri.startswith("comity://") and name in _ABOUT_RESOURCES and id:
        return _ABOUT_RESOURCES[name], {name: unquote(id)}
    known = ", ".join(f"comity://{name}/ID" for name in _ABOUT_RESOURCES)
    raise MCPError(INVALID_PARAMS, f"there is nothing at {uri[:200]}; read comity://graph, {known}")


def _told(error: Exception, what: str, tool: type[Tool]) -> str:
    """What went wrong and what to do about it. Of a fault of the program no more than that there was one; the log has it."""
    if isinstance(error, ValidationError):
        faults = [_fault(fault["type"], fault["loc"], fault["msg"]) for fault in error.errors()[:_FAULTS]]
        more = [f"and {error.error_count() - _FAULTS} more"] if error.error_count() > _FAULTS else []
        return f"{'; '.join([*faults, *more])}. {tool.tool_name()} takes {', '.join(tool.model_fields) or 'no arguments'}."
    if isinstance(error, ComityError):
        text = str(error)
        for typed, called in _FOR_TOOLS.items():
            text = re.sub(typed, called, text)
        text = text if len(text) <= _LONGEST_ERROR else f"{text[:_LONGEST_ERROR]}…"
        return f"{text}. Try again in a moment." if error.transient else text
    _LOG.error("a fault in %s", what, exc_info=error)
    return "a fault in comity, not in what you asked; its log has the details. Try another way to ask."


def _fault(sort: str, place: Sequence[int | str], said: str) -> str:
    name = ".".join(map(str, place))[:100] or "the arguments"
    return f"there is no argument {name}" if sort == "extra_forbidden" else f"{name}: {said[:200]}"
