"""What can be loaded: the loaders, with the files that each reads."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field

from comity.loaders.loader import DESCRIBED
from comity.loaders.sources import loaders
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import Graph
from comity.service.documents import Document, Revision

router = APIRouter(tags=["sources"])


class LoaderRow(Document):
    """A sort of source that can be loaded, and the newest release that its loader was written for."""

    name: str = Field(description="What `/api/loads/{loader}` knows it by.", examples=["cow"])
    about: str
    files: str = Field(description="Which files to send.")
    title: str
    version: str
    publisher: str
    coverage: str = Field(description="The time of which it tells, in EDTF.", examples=["1816/2012"])
    licence: str
    url: str
    citation: str


class Loaders(Document):
    """What can be loaded."""

    revision: Revision
    rows: list[LoaderRow]


@router.get("/loaders", response_model=Loaders, responses=file_forms("csv", "parquet"))
def list_loaders(request: Request, held: Graph) -> Response:
    """List the data sets that can be loaded, as `comity sources` does: the files that each wants, its terms, and how to cite it."""
    rows = [loader.to_dict() for loader in loaders().values()]
    revision = held.revision()
    return give(
        request, Answer(revision, {"revision": revision, "rows": rows}, rows, DESCRIBED, name="loaders")
    )
