"""Values of the embedded engine, which are Java's, as the plain Python ones that rows are made of, and back."""

import json
from collections.abc import Mapping
from datetime import date, datetime
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


def plain_rows(rows: list[Row]) -> list[Row]:
    """The engine's rows with nothing of Java in them."""
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def plain(value: Any) -> Any:
    """A Java value of the engine as a plain Python one."""
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    return _from_java(value)


def _from_java(value: Any) -> Any:
    from arcadedb_embedded import convert_java_to_python
    from jpype import JClass

    if isinstance(value, JClass("com.arcadedb.query.opencypher.temporal.CypherTemporalValue")):
        return _temporal(value)
    if isinstance(value, JClass("com.arcadedb.query.opencypher.traversal.TraversalPath")):
        return [_from_java(part) for part in value.toAlternatingList()]
    if isinstance(value, JClass("com.arcadedb.database.Document")):
        properties = convert_java_to_python(value.toMap(False))
        return {
            "label": str(value.getTypeName()),
            **{name: plain(properties[name]) for name in sorted(properties)},
        }
    found = convert_java_to_python(value)
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
