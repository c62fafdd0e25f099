"""Addresses of the pages. Ids are quoted whole: they have colons, and may have slashes, signs and letters of any script."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlencode

from starlette.requests import Request

from comity.service.addresses import segment


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of what there is. `base` is where the service is mounted; `carried` is what goes from page to page: the day asked about,
    the policy, the day of record, the confidence from which facts are one."""

    base: str = ""
    carried: str = ""

    def actor(self, id: str) -> str:
        """The page of an actor."""
        return self._of("actors", id)

    def dyad(self, left: str, right: str) -> str:
        """The page of two actors."""
        return self._of("dyads", left, right)

    def fact(self, id: str) -> str:
        """The page of a fact."""
        return self._of("facts", id)

    def source(self, id: str) -> str:
        """The page of a source."""
        return self._of("sources", id)

    def ranking(self, measure: str) -> str:
        """The ranking by a measure."""
        return self._of("rankings", measure)

    def query(self, name: str) -> str:
        """The page of a query of the library."""
        return self._of("queries", name)

    def to(self, path: str, **query: str | int) -> str:
        """Any other page, with these parameters and nothing carried."""
        asked = urlencode({name: value for name, value in query.items() if value != ""})
        return f"{self.base}/{path}" + (f"?{asked}" if asked else "")

    def bare(self) -> "Links":
        """The same, carrying nothing."""
        return replace(self, carried="")

    def _of(self, *parts: str) -> str:
        path = "/".join(map(segment, parts))
        return f"{self.base}/{path}" + (f"?{self.carried}" if self.carried else "")


def links_of(request: Request, carried: Mapping[str, str]) -> Links:
    """The addresses as they are for this request, carrying these parameters."""
    return Links(request.scope.get("root_path", "").rstrip("/"), urlencode(dict(carried)))


def segments(request: Request, after: str) -> list[str]:
    """What stands in the path after the first `/after/`, part by part, each as it was before it was quoted.

    The path as the framework has it is unquoted already, so that a slash within an id looks like one between two.
    """
    return [unquote(part) for part in raw_path(request).partition(f"/{after}/")[2].split("/")]


def raw_path(request: Request) -> str:
    """The path as it was sent, still quoted."""
    raw: bytes = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
    return raw.decode("ascii", "replace").partition("?")[0]
