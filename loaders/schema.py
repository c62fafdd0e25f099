"""The JSON Schema of a dossier, for editors, made from the fields of form.py and the kinds of facts.

dossier.schema.json is its published copy; `python -m comity.loaders.schema > dossier.schema.json` writes it anew.
"""

import json
import sys
from collections.abc import Iterable
from typing import Any

from comity.graph.kinds import Kind, PropertyKind, kinds
from comity.loaders import form
from comity.loaders.repairs import RULES
from comity.loaders.spots import LONGEST_TEXT

Schema = dict[str, Any]

# Editors read a plain 2016 as a number; the loader reads every value as the text that is written.
_TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S", "maxLength": LONGEST_TEXT}
# No editor can check all of EDTF; the signs it is made of keep out dates in words.
_DATE: Schema = {
    "type": ["string", "integer"],
    "pattern": r"^\s*[-0-9XxuYESTZW.,:/~?%{}\[\]+ ]+\s*$",
    "maxLength": 200,
    "minimum": 0,
    "maximum": 9999,
}
_NAMES: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}

_SHAPES: dict[str, Schema] = {
    "id": {"type": ["string", "integer"], "pattern": f"^{form.ID}$"},
    "text": _TEXT,
    "verbatim": _TEXT,
    "names": _NAMES,
    "date": _DATE,
    "interval": {"type": "string", "pattern": "/", "maxLength": 200},
    "address": {"type": "string", "pattern": f"^{form.ADDRESS}$"},
    "hash": {"type": ["string", "number"], "pattern": f"^{form.SHA256}$"},
    "wikidata": {"type": "string", "pattern": f"^{form.WIKIDATA}$"},
    "label": {"enum": list(form.LABELS)},
    "actor": {"type": ["string", "integer"], "pattern": f"^{form.ACTOR_ID}$"},
    "actors": {
        "type": "array",
        "items": {"$ref": "#/$defs/actor-id"},
        "minItems": 1,
        "maxItems": 2,
        "uniqueItems": True,
    },
    "source": {"type": ["string", "integer"], "pattern": f"^{form.ID}$"},
    "offset": {"type": "integer", "minimum": 0},
    "confidence": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
    "rule": {"type": "string", "pattern": f"^({'|'.join(RULES)})([+]({'|'.join(RULES)}))*$"},
}


def schema() -> Schema:
    """The schema (JSON Schema 2020-12) of a dossier."""
    shapes = _SHAPES | {
        "sources": _under_ids(form.ID, {"$ref": "#/$defs/source"}),
        "actors": _under_ids(form.ACTOR_ID, {"$ref": "#/$defs/own-actor"}),
        "facts": _under_ids(form.ID, {"$ref": "#/$defs/fact"}),
    }
    whole = _part("dossier", shapes)
    defs: Schema = {
        "actor-id": _SHAPES["actor"],
        "source": _part("source", _SHAPES),
        "own-actor": _part("actor", _SHAPES),
        "place": _place(),
        "repair": _part("repair", _SHAPES),
        "fact": _fact(),
    }
    for kind in kinds().values():
        defs |= _kind(kind)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A comity dossier"}
    return head | whole | {"$defs": defs}


def text() -> str:
    """The schema as its published copy has it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _part(part: str, shapes: Schema) -> Schema:
    properties = {field.name: _described(field.about, shapes[field.shape]) for field in form.FORM[part]}
    return _closed(properties, form.required(part))


def _described(about: str, shape: Schema) -> Schema:
    """The shape with what the field is for, before what its own words mean."""
    meanings = shape.get("description", "")
    return shape | {"description": f"{about} ({meanings})" if meanings else about}


def _closed(properties: Schema, required: Iterable[str] = ()) -> Schema:
    """A mapping of these properties and no others."""
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    required = list(required)
    return found | {"required": required} if required else found


def _under_ids(pattern: str, part: Schema) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{pattern}$"},
        "additionalProperties": part,
        "minProperties": 1,
    }


def _place() -> Schema:
    span = ["start", "end", "sha256"]
    found = _part("place", _SHAPES) | {
        "minProperties": 1,
        "dependentRequired": {name: [other for other in span if other != name] for name in span},
    }
    return {"anyOf": [_TEXT, found]}


def _fact() -> Schema:
    """A fact is checked by its kind's own schema, which is chosen by the field `kind`."""
    names = {kind.name: kind.about for kind in kinds().values()}
    chosen = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": {"$ref": f"#/$defs/{name}"},
        }
        for name in names
    ]
    return {
        "type": "object",
        "properties": {"kind": {"enum": list(names), "description": _listed(names)}},
        "required": ["kind"],
        "allOf": chosen,
    }


def _kind(kind: Kind) -> Schema:
    """What a fact of the kind holds: the fact itself, its parties, its accounts, and what they say."""
    types: Schema = {
        "type": "array",
        "items": {"enum": list(kind.types)},
        "uniqueItems": True,
        "description": _listed(kind.types),
    }
    shapes = _SHAPES | {
        "kind": {"const": kind.name},
        "types": types | {"minItems": 1} if kind.pledged else types,
        "pledges": types,
        "role": {"enum": list(kind.roles), "description": _listed(kind.roles)},
        "parties": _list({"$ref": f"#/$defs/{kind.name}-party"}),
        "accounts": _list({"$ref": f"#/$defs/{kind.name}-account"}),
        "place": {"$ref": "#/$defs/place"},
        "says": {"$ref": f"#/$defs/{kind.name}-says"},
        "repaired": {
            "type": "object",
            "propertyNames": {"enum": [*kind.steps, *kind.properties]},
            "additionalProperties": {"$ref": "#/$defs/repair"},
        },
        "step": {"enum": [name for name, step in kind.steps.items() if step.interrupts]},
    }
    shapes["pairs"] = {"type": "array", "items": _part("pair", shapes)}
    fact, party, says = _part("fact", shapes), _part("party", shapes), _part("says", shapes)
    if kind.pledged:
        fact["required"].append("types")
    else:
        del party["properties"]["pledges"]
    fact["properties"]["parties"] |= {"minItems": 2}
    says["properties"] |= {name: _DATE | {"description": step.about} for name, step in kind.steps.items()}
    says["properties"] |= {name: _property(told) for name, told in kind.properties.items()}
    return {
        kind.name: fact,
        f"{kind.name}-party": {"anyOf": [{"$ref": "#/$defs/actor-id"}, party]},
        f"{kind.name}-account": _part("account", shapes),
        f"{kind.name}-says": says,
    }


def _property(told: PropertyKind) -> Schema:
    return {"date": _DATE, "text": _TEXT, "names": _NAMES}[told.value] | {"description": told.about}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item, "minItems": 1}


def _listed(vocabulary: Any) -> str:
    return "; ".join(f"{name}: {about}" for name, about in vocabulary.items())


if __name__ == "__main__":
    sys.stdout.write(text())
