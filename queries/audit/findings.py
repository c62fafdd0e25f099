"""The values of an audit: rules, what looking by a rule gives, findings, and all of it together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from comity.graph.model import digest_of
from comity.queries.audit.holding import Holding

Level = Literal["error", "warning", "note"]

LEVELS: tuple[Level, ...] = ("error", "warning", "note")
"""From the graver to the lighter: error, the graph breaks a promise; warning, what it says is in doubt or cannot be checked;
note, something to know of."""

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule finds at one place. `subject` is a sort and an id (`fact treaties:anzus`), `related` are others of that shape.

    `parts` identify the fault beside its subject, such as the property in conflict.
    """

    subject: str
    message: str
    related: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking by one rule gave: how many things were checked, the faults, and how many could not be checked."""

    checked: int
    faults: tuple[Fault, ...] = ()
    unchecked: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the audit: its name and level, what it finds in one sentence, why that matters, and what to do about it.

    `counts` names what `checked` counts.
    """

    name: str
    level: Level
    about: str
    why: str
    remedy: str
    counts: str
    look: Callable[[Holding], Looked] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault that a rule found.

    `id` is the rule's name and a hash of what identifies the subject: the same fault has the same id in every run and on every
    engine, whatever else changes.
    """

    id: str
    rule: str
    level: Level
    subject: str
    message: str
    related: tuple[str, ...] = ()

    @classmethod
    def of(cls, rule: Rule, fault: Fault) -> "Finding":
        """The finding that a fault makes under its rule."""
        digest = digest_of([rule.name, fault.subject, *fault.parts])[:_DIGITS]
        return cls(
            f"{rule.name}:{digest}", rule.name, rule.level, fault.subject, fault.message, fault.related
        )

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain JSON values."""
        return {
            "id": self.id,
            "rule": self.rule,
            "level": self.level,
            "subject": self.subject,
            "message": self.message,
            "related": list(self.related),
        }


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found, the graver first; by rule the number of findings, of things checked, and of those that could not be."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    checked: Mapping[str, int]
    unchecked: Mapping[str, int]
    revision: str

    def at_least(self, level: Level) -> "Audit":
        """The same with the findings of that level and of graver ones alone; the counts stay those of all."""
        kept = LEVELS[: LEVELS.index(level) + 1]
        return replace(self, findings=tuple(finding for finding in self.findings if finding.level in kept))

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        rules = {
            name: {
                "checked": self.checked[name],
                "unchecked": self.unchecked[name],
                "findings": self.counts[name],
            }
            for name in self.counts
        }
        return {
            "revision": self.revision,
            "checked": sum(self.checked.values()),
            "unchecked": sum(self.unchecked.values()),
            "rules": rules,
            "findings": [finding.to_dict() for finding in self.findings],
        }
