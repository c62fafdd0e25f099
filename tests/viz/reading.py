"""Reads the page's data as the page does: rows and numbers of lists become facts with their evidence by name."""

import re
from typing import Any


def facts_of(page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The facts of a page by id."""
    return {
        row[0]: _fact(row, told, page)
        for row, told in zip(page["facts"], page["evidence"]["facts"], strict=True)
    }


def _fact(row: list[Any], told: list[Any], page: dict[str, Any]) -> dict[str, Any]:
    id, kind, title, types, step, hub, label, names = row + ["", 0, "", 0, -1, 0, "", []][len(row) :]
    parties, steps, statements, disputes = told + [[]] * (4 - len(told))
    shared = page["evidence"]
    return {
        "id": id, "kind": kind, "title": title, "types": list(page["types"][types]), "step": step, "hub": hub, "label": label, "names": names,
        "parties": [shared["parties"][number] for number in parties],
        "steps": [shared["says"][number] for number in steps],
        "statements": [_statement(statement, shared) for statement in statements],
        "disputes": disputes,
    }  # fmt: skip


def _statement(row: list[Any], shared: dict[str, Any]) -> dict[str, Any]:
    manner, (wording, *numbers), own, says, rest = row + [0, [0], [], [], {}][len(row) :]
    source, method, confidence = shared["manners"][manner] + ["", "", None][len(shared["manners"][manner]) :]
    left = iter(numbers)
    place = re.sub("#", lambda sign: str(next(left, sign[0])), shared["places"][wording])
    return {
        "source": source, "method": method, "confidence": confidence, "place": place,
        **({"parties": [shared["parties"][number] for number in own]} if own else {}),
        "says": [shared["says"][number] for number in says], **(rest or {}),
    }  # fmt: skip
