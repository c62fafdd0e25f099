"""What a tool is: a class whose fields are its arguments, whose docstring tells a model when and how to use it."""

import re
from abc import abstractmethod
from typing import Any, ClassVar

from mcp.types import Tool as Described
from mcp.types import ToolAnnotations
from pydantic.json_schema import GenerateJsonSchema

from comity.service.mcp.answers import Document
from comity.service.mcp.arguments import Arguments, Graph


class Tool(Arguments):
    """A question that an assistant can ask. Its name is that of its class: FindActors is `find_actors`."""

    LESS: ClassVar[str] = "ask for less"
    """How to ask for less, or for the rest, where an answer was cut."""

    @abstractmethod
    def answer(self, graph: Graph) -> Document:
        """The answer: the question as understood (`asked`), what was found; the server adds the revision that all of it is of.

        `sources` may hold how to cite every source of the graph: of these, those are told that the rest names.
        """

    @classmethod
    def tool_name(cls) -> str:
        """The name by which it is called."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def listed(cls) -> Described:
        """The tool as clients are told of it."""
        schema = cls.model_json_schema(schema_generator=_Plain)
        schema.pop("title")
        return Described(
            name=cls.tool_name(),
            title=cls.tool_name().replace("_", " ").capitalize(),
            description=schema.pop("description"),
            input_schema=schema,
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )


class _Plain(GenerateJsonSchema):
    """Without titles, which only repeat the names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False
