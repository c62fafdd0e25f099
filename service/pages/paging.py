"""Long lists, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.datastructures import QueryParams

from comity.graph.errors import InputError
from comity.service.pages.asking import one

A_PAGE = 50
"""Things on a page of a list."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """The things of one page, which page that is, and how many pages there are."""

    shown: tuple[Item, ...]
    page: int
    pages: int


def paged(items: Sequence[Item], page: int) -> Paged[Item]:
    """A page of the list; `InputError` where it has no such page."""
    pages = max(1, -(-len(items) // A_PAGE))
    if page > pages:
        raise InputError(f"page: there is no page {page}, the last is {pages}")
    return Paged(tuple(items[(page - 1) * A_PAGE : page * A_PAGE]), page, pages)


def page_number(query: QueryParams) -> int:
    """Which page is asked for, from 1 on."""
    text = one(query, "page") or "1"
    if not (text.isdecimal() and text.isascii() and int(text[:9]) > 0):
        raise InputError(f"page: {text!r} is no number of a page; begin with 1")
    return int(text[:9])
