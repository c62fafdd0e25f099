"""Values of the embedded engine, which are Java's, as the plain Python ones that rows are made of, and back."""

import json
import threading
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from comity.graph.stores.base import Row


def java_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a writing query with every list made a Java one at once.

    Lists cross as JSON text, in one call each: value by value the crossing takes longer than the writing. Days in them become
    texts, which the engine reads as days where the schema says that a property is one.
    """
    from jpype import JClass

    read = JClass("com.arcadedb.serializer.json.JSONArray")
    return {
        name: read(json.dumps(value, ensure_ascii=False, default=date.isoformat)).toList()
        if isinstance(value, list)
        else value
        for name, value in parameters.items()
    }


def java_size(value: Any, most: int, stop: threading.Event) -> int:
    """About how many bytes a value has that is not taken out of the engine yet; more than `most` as soon as it has more.

    It is told by lengths, so that what is huge is not first made a Python value, which has many times its size.
    """
    size, waiting = 0, [value]
    document = _java("com.arcadedb.database.Document")
    path = _java("com.arcadedb.query.opencypher.traversal.TraversalPath")
    text = _java("java.lang.String")
    while waiting and size <= most and not stop.is_set():
        one = waiting.pop()
        if isinstance(one, document):
            one = one.toMap(False)
        elif isinstance(one, path):
            one = one.toAlternatingList()
        if isinstance(one, Mapping):
            waiting.extend(one.keys())
            waiting.extend(one.values())
        elif isinstance(one, (str, text)):
            size += len(one)
        elif isinstance(one, Collection):
            if len(one) > most:
                return most + 1
            waiting.extend(one)
        else:
            size += 7
        size += 1
    return size


@cache
def _java(name: str) -> Any:
    from jpype import JClass

    return JClass(name)


def plain_rows(rows: list[Row]) -> list[Row]:
    """The engine's rows with nothing of Java in them."""
    return [{name: plain(value) for name, value in row.items()} for row in rows]


_PLAIN = frozenset({str, int, float, bool, date, datetime})


def plain(value: Any) -> Any:
    """A Java value of the engine as a plain Python one."""
    # By the very type: the engine's numbers are numbers to Python, too, and hold on to the engine.
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    return _from_java(value)


def _from_java(value: Any) -> Any:
    from arcadedb_embedded import convert_java_to_python

    if isinstance(value, _java("com.arcadedb.query.opencypher.temporal.CypherTemporalValue")):
        return _temporal(value)
    if isinstance(value, _java("com.arcadedb.query.opencypher.traversal.TraversalPath")):
        return [_from_java(part) for part in value.toAlternatingList()]
    if isinstance(value, _java("com.arcadedb.database.Document")):
        properties = convert_java_to_python(value.toMap(False))
        return {
            "label": str(value.getTypeName()),
            **{name: plain(properties[name]) for name in sorted(properties)},
        }
    found = convert_java_to_python(value)
    if isinstance(found, list | tuple | dict):
        return plain(found)  # what is in it may still be the engine's
    return str(found) if type(found).__module__.startswith(("java", "com.", "jpype")) else found


def _temporal(value: Any) -> Any:
    """A day as a date; a moment as ISO text, as the other engine gives it; anything else as the engine writes it."""
    text = str(value)
    for read in (date.fromisoformat, lambda moment: datetime.fromisoformat(moment).isoformat()):
        try:
            return read(text)
        except ValueError:
            continue
    return text
