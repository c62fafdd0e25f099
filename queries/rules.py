"""Rules that many Cypher files share: told once in `cypher/rules/`, put in where a file says `{{name}}` when the library reads it.

`{{on_day(since)}}` asks the rule of the day that the parameter `since` gives instead of `day`.
"""

import re
from functools import cache
from importlib import resources


def with_rules(text: str) -> str:
    """The Cypher with every rule in its place, as engines take it; `ValueError` names a rule that is not there."""
    return re.sub(r"\{\{(\w+)(?:\((\w+)\))?\}\}", _rule_at, text)


@cache
def rules() -> dict[str, str]:
    """Every rule by its name, without the comment at its top that says what it means."""
    folder = resources.files("comity.queries") / "cypher" / "rules"
    return {
        entry.name.removesuffix(".cypher"): _without_comment(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
    }


def _rule_at(mark: re.Match[str]) -> str:
    rule = rules().get(mark[1])
    if rule is None:
        raise ValueError(f"there is no rule {mark[1]!r} in queries/cypher/rules: {', '.join(rules())}")
    if mark[2]:
        rule = rule.replace("$day", f"${mark[2]}")
    column = mark.start() - mark.string.rfind("\n", 0, mark.start()) - 1
    return rule.replace("\n", "\n" + " " * column)  # its further lines stand below its first


def _without_comment(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("//"))
