"""A cursor over a YAML tree that knows its field's path, so that every check can say where it failed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.loaders.faults import Faults, one_of, quoted
from comity.loaders.yaml_lines import Entries, Items, Node, Scalar

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # double quotes can hold them as escapes

LONGEST_TEXT = 20_000
"""Characters of one text: some ten pages."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value in the file, the path of its field, and the line to name when it is wrong."""

    node: Node
    path: str
    faults: Faults
    line: int

    @classmethod
    def root(cls, node: Node, faults: Faults) -> "Spot":
        """The whole file."""
        return cls(node, "", faults, node.line)

    def wrong(self, problem: str) -> None:
        """Note a fault here."""
        self.faults.add(self.line, self.path, problem)

    def warn(self, problem: str) -> None:
        """Note a warning here."""
        self.faults.warn(self.line, self.path, problem)

    @property
    def is_text(self) -> bool:
        """Whether one text is written here, rightly or not, and no list or mapping."""
        return isinstance(self.node, Scalar)

    @property
    def is_plain(self) -> bool:
        """Whether a text is written here without quotes."""
        return isinstance(self.node, Scalar) and self.node.plain

    @property
    def is_mapping(self) -> bool:
        """Whether a mapping is written here."""
        return isinstance(self.node, Entries)

    @property
    def is_list(self) -> bool:
        """Whether a list is written here."""
        return isinstance(self.node, Items)

    def text(self, *, verbatim: bool = False, example: str = "a text") -> str:
        """The text written here, on one line unless it is to be kept as it is; empty, with a fault, where there is none."""
        if not isinstance(self.node, Scalar):
            found = "list" if isinstance(self.node, Items) else "mapping"
            self.wrong(f"a {found} stands here; write {example}, in quotes if it has [ ] {{ }} or ': ' in it")
            return ""
        if self.node.empty or not self.node.text.strip():
            self.wrong(f"nothing is written here; write {example}, or leave the field out")
            return ""
        if _CONTROL.search(self.node.text):
            self.wrong(f"{quoted(self.node.text)} has a control character in it; remove it")
            return ""
        if len(self.node.text) > LONGEST_TEXT:
            self.wrong(f"{len(self.node.text):,} characters; write at most {LONGEST_TEXT:,}")
            return ""
        if verbatim:
            return self.node.text
        # One spelling for what looks alike: an accent written apart must not make another name, or another statement.
        return unicodedata.normalize("NFC", " ".join(self.node.text.split()))

    def items(self, example: str) -> Iterator["Spot"]:
        """The spots of the list written here; a fault, and nothing, where it is no list."""
        if not isinstance(self.node, Items):
            self.wrong(f"a list should stand here; write {example}")
            return
        for place, node in enumerate(self.node.items):
            yield Spot(node, f"{self.path}[{place}]", self.faults, node.line)

    def one_or_more(self) -> Iterator["Spot"]:
        """The spots of the list written here, or this very spot where one value is written."""
        if isinstance(self.node, Items):
            yield from self.items("a list")
        else:
            yield self

    def entries(self, example: str) -> Iterator[tuple[str, "Spot"]]:
        """Key and spot of every entry of the mapping written here; a fault, and nothing, where it is none."""
        if not isinstance(self.node, Entries):
            self.wrong(f"a mapping should stand here; write {example}")
            return
        for key, (line, node) in self.node.entries.items():
            path = f"{self.path}.{quoted(key, '')}" if self.path else quoted(key, "")
            yield key, Spot(node, path, self.faults, line)

    def fields(
        self, known: Iterable[str], required: Iterable[str] = (), example: str = "KEY: VALUE"
    ) -> dict[str, "Spot"]:
        """The spots of the known keys of the mapping written here; unknown and missing keys are faults."""
        known = list(known)
        found: dict[str, Spot] = {}
        for key, spot in self.entries(example):
            if key in known:
                found[key] = spot
            else:
                spot.wrong(one_of(key, "field", known))
        if isinstance(self.node, Entries):
            for key in required:
                if key not in self.node.entries:
                    self.wrong(f"the field {key} is missing; add '{key}: …'")
        return found
