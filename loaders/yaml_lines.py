"""YAML as texts with line numbers: every plain word is taken as it is written, so that 2016 is no number and NO no "false".

Only what people write by hand is read: anchors, aliases, tags, merge keys and several documents are refused while the parser
reports them, before anything is expanded or built.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Union

import yaml

from comity.loaders.faults import Faults, quoted

MAX_DEPTH = 16
"""Deeper nesting than any form needs (a dossier has ten levels)."""

MAX_VALUES = 100_000
"""More values than people write: some four thousand facts."""

# What YAML 1.2 does not allow in a text at all; lone surrogates among them.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPTY = frozenset(["", "~", "null", "Null", "NULL"])

# The parser's own words, and what a person has most likely done.
_REMEDIES = {
    "mapping values are not allowed": "a ': ' within a plain text, or a line indented too far; put the text in quotes",
    "could not find expected ':'": "a key without ': ' behind it, or a text that needs quotes",
    "did not find expected key": "a line that does not stand under the lines before it; align the spaces or close the quotes",
    "did not find expected '-' indicator": "a line that does not stand under the list before it; align the spaces",
    "did not find expected ',' or": "a [list] or {mapping} that is not closed; close it, or put texts with , [ ] { } in quotes",
    "unexpected end of stream": "quotes that are opened and not closed; close them",
    "unexpected document indicator": "quotes that are opened and not closed; close them",
    "cannot start any token": "a text that starts with a sign of YAML (such as @ ` %) or a tab; put it in quotes, use spaces",
    "expected <document start>": "a line that fits nowhere; put texts that start with a sign of YAML in quotes",
    "did not find expected node content": "a value is missing, or starts with a sign of YAML; put it in quotes",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text and the line it starts on; `plain` if it stands without quotes."""

    line: int
    text: str
    plain: bool = True

    @property
    def empty(self) -> bool:
        """Whether nothing was written (or YAML's word for nothing)."""
        return self.plain and self.text in _EMPTY


@dataclass(frozen=True, slots=True)
class Items:
    """A list and the line it starts on."""

    line: int
    items: list["Node"]


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping and the line it starts on: under each key, where the key stands, and its value."""

    line: int
    entries: dict[str, tuple[int, "Node"]]


Node = Union[Scalar, Items, Entries]  # noqa: UP007 - the classes name it before they exist


def read_yaml(text: str, faults: Faults) -> Node:
    """The one document in the text; what is wrong with it as YAML is noted in `faults` or ends the reading."""
    text = text.removeprefix("\ufeff")
    wrong = _UNPRINTABLE.search(text)
    if wrong:
        line = text.count("\n", 0, wrong.start()) + 1
        faults.fatal(
            line, "", f"the character U+{ord(wrong.group()):04X} cannot stand in a text file; remove it"
        )
    try:
        root = _read(yaml.parse(text, Loader=yaml.CSafeLoader), faults)
    except yaml.MarkedYAMLError as error:
        faults.fatal(*_explained(error, text, faults.page))
    except yaml.YAMLError as error:
        faults.fatal(1, "", f"this is not YAML ({error}); {faults.start}")
    if root is None or (isinstance(root, Scalar) and root.empty):
        faults.fatal(1, "", f"there is nothing in it; {faults.start}")
    return root


def _read(events: Iterator[Any], faults: Faults) -> Node | None:
    root: Node | None = None
    stack: list[_Open] = []
    documents = values = 0
    for event in events:
        node: Node | None = None
        line = event.start_mark.line + 1
        _refuse_references(event, line, stack, faults)
        match event:
            case yaml.ScalarEvent():
                node = Scalar(line, event.value, not event.style)
            case yaml.SequenceStartEvent():
                stack.append(_Open(Items(line, [])))
            case yaml.MappingStartEvent():
                stack.append(_Open(Entries(line, {})))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                node = stack.pop().node
            case yaml.DocumentStartEvent():
                documents += 1
        if documents > 1:
            faults.fatal(line, "", "a second document begins here (---); put it into a file of its own")
        if len(stack) > MAX_DEPTH:
            faults.fatal(
                line, "", f"nested more than {MAX_DEPTH} levels deep; see {faults.page} for the form"
            )
        if node is None:
            continue
        values += 1
        if values > MAX_VALUES:
            faults.fatal(line, "", f"more than {MAX_VALUES:,} values; split it into several dossiers")
        if not stack:
            root = node
            continue
        problem = stack[-1].take(node)
        if problem:
            faults.add(line, _path(stack), problem)
    return root


class _Open:
    """A list or mapping whose end has not been met; `at` is the key or place whose value is being read."""

    def __init__(self, node: Items | Entries) -> None:
        self.node = node
        self.at: str | int | None = 0 if isinstance(node, Items) else None
        self._key_line = 0
        self._skipped = False

    def take(self, node: Node) -> str:
        """Take in the next element, key or value; what is wrong with it, if anything."""
        if isinstance(self.node, Items):
            self.node.items.append(node)
            self.at = len(self.node.items)
            return ""
        if self.at is None:
            return self._take_key(self.node, node)
        if not self._skipped:
            self.node.entries[str(self.at)] = (self._key_line, node)
        self.at = None
        return ""

    def _take_key(self, mapping: Entries, node: Node) -> str:
        self.at, self._key_line, self._skipped = "?", node.line, True
        if not isinstance(node, Scalar):
            return "a list or mapping stands where a key should; write a word and ': '"
        if node.empty:
            return "a key is missing before ':'; write one"
        self.at = node.text
        if node.plain and node.text == "<<":
            return "the merge key << is not read; write out what it brings in"
        first = mapping.entries.get(node.text)
        if first:
            return f"is written twice (first on line {first[0]}); a name can stand once: join the two or rename one"
        self._skipped = False
        return ""


def _path(stack: list[_Open]) -> str:
    """The path of the field that is being read."""
    path = ""
    for level in stack:
        if isinstance(level.at, int):
            path += f"[{level.at}]"
        elif level.at is not None:
            path += ("." if path else "") + quoted(level.at, "")
    return path


def _refuse_references(event: Any, line: int, stack: list[_Open], faults: Faults) -> None:
    """Refuse what stands for something else than itself."""
    if isinstance(event, yaml.AliasEvent):
        written = quoted(f"*{event.anchor}")
        faults.fatal(line, _path(stack), f"the alias {written} is not read; write out what it stands for")
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if anchor is not None:
        faults.add(line, _path(stack), f"the anchor {quoted(f'&{anchor}')} is not read; remove it")
    if tag is not None:
        faults.add(line, _path(stack), f"the tag {quoted(tag)} is not read; remove it, every value is a text")


def _explained(error: yaml.MarkedYAMLError, text: str, page: str) -> tuple[int, str, str]:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or "unreadable"
    # Where quotes or brackets stay open, the parser stops at the end of the file; what helps is where they were opened.
    opened = (
        "end of stream" in problem
        or "document indicator" in problem
        or "did not find expected ',' or" in problem
    )
    if opened and error.context_mark:
        mark = error.context_mark
    line = mark.line + 1 if mark else 1
    remedy = next((hint for words, hint in _REMEDIES.items() if words in problem), f"see {page} for the form")
    lines = text.splitlines()
    if "\t" in "".join(lines[max(0, line - 2) : line]):
        remedy = "there is a tab near; indent with spaces"
    return line, "", f"this is not YAML ({problem}): {remedy}"
