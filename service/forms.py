"""The forms of an answer, and which of them a request accepts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from comity.service.problems import NotAcceptable


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name, by which a link asks for it (`?format=csv`), its media type, and other types that mean it."""

    name: str
    media_type: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """As it stands in the answer's header."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("json", "application/json"),
        Form("csv", "text/csv"),
        Form("parquet", "application/vnd.apache.parquet", ("application/parquet", "application/x-parquet")),
        Form("graphml", "application/graphml+xml"),
        Form("gexf", "application/gexf+xml"),
        Form("stata", "application/x-stata-dta"),
        Form("bibtex", "application/x-bibtex", ("text/x-bibtex",)),
        Form("csl", "application/vnd.citationstyles.csl+json"),
        Form("text", "text/plain"),
        Form("html", "text/html"),
        Form("sarif", "application/sarif+json"),
        Form("zip", "application/zip"),
    )
}
"""Every form by its name, in the order in which they are offered to who accepts anything."""


LONGEST_ACCEPT = 1000
"""Characters of an Accept header that are read: what stands behind them no browser sends."""


def form_of(accept: str, named: str | None, offered: Sequence[str]) -> Form:
    """The form to answer in: that which is named, else the one of those offered that is accepted most. `NotAcceptable` lists them."""
    accept = accept[:LONGEST_ACCEPT]
    if named:
        if named not in offered:
            raise NotAcceptable(f"there is no format {named!r} of this", offered)
        return FORMS[named]
    chosen = max(offered, key=lambda name: _quality(accept, name), default="")
    if not chosen or not _quality(accept, chosen):
        raise NotAcceptable(f"nothing here is {accept!r}", offered)
    return FORMS[chosen]


@lru_cache(maxsize=1024)
def accepted(accept: str) -> tuple[tuple[str, float], ...]:
    """How much each form is accepted, without those that are not: what two headers that mean the same have in common."""
    return tuple((name, quality) for name in FORMS if (quality := _quality(accept, name)))


@lru_cache(maxsize=8192)
def _quality(accept: str, name: str) -> float:
    """How much a form is accepted (RFC 9110, section 12.5.1): by the most specific range that has it, 0 where none does."""
    if not accept.strip():
        return 1.0
    form, best = FORMS[name], (-1, 0.0)
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((_number(text[2:]) for text in parameters if text.startswith("q=")), 1.0)
        best = max(best, (_specific(media, (form.media_type, *form.also)), quality), key=lambda one: one[0])
    return best[1] if best[0] >= 0 else 0.0


def _specific(media: str, types: Collection[str]) -> int:
    """How closely a range names one of the types: 2 by itself, 1 by its family, 0 with all, -1 not."""
    if media in types:
        return 2
    if media.endswith("/*") and any(each.startswith(media[:-1]) for each in types):
        return 1
    return 0 if media == "*/*" else -1


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
