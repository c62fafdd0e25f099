"""Strategic rivalries between states since 1494, as disputes of the type rivalry.

Sources, each a collection of its own, as they tell of the same rivalries otherwise:

- `rivalries-td`: Thompson, William R., and David Dreyer. 2012. Handbook of International Rivalries, 1494–2010. CQ Press.
- `rivalries-tss`: Thompson, William R., Kentaro Sakuwa, and Prashant Hosur Suhas. 2021. Analyzing Strategic Rivalries in World Politics,
  1494–2020. Springer.

Both as in the R package peacesciencer: td_rivalries.csv and tss_rivalries.csv. Cite the books; the data are not part of comity.

| td | tss | becomes |
|---|---|---|
| rivalryno | tssr_id | the fact, `rivalries-td:1` |
| rivalryname | rivalry | title |
| ccode1, ccode2 | ccode1, ccode2 | the two parties, by their Correlates of War numbers |
| styear, endyear | start, end | the step `held`; a rivalry that reaches the last year of the book goes on: `under_way`, 1994/.. |
| type1, type2, type3 | positional, spatial, ideological, interventionary | the property issues |
| region | | the property location |

Years before a state was one (Austria and France, 1494) are kept. Lost: the order of the issues in td, and in tss which rivalries are principal
ones. Venice is in neither state system: its rivalries are in quarantine.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from comity.graph.dates import When
from comity.graph.errors import InputError, TableError
from comity.graph.model import Party, Place, Rejected, Repair, Source, Statement, Step
from comity.graph.reading import Reading, Record
from comity.loaders.codes import Codes, Found
from comity.loaders.loader import Loader, Opened
from comity.loaders.tables import Form, Row, Table
from comity.loaders.years import is_year

_ISSUES = ("positional", "spatial", "ideological", "interventionary")


@dataclass(frozen=True, slots=True)
class _Book:
    """One of the two sources: its columns, and how its issues are told."""

    key: str
    part: str
    id: str
    title: str
    begin: str
    end: str
    issues: Callable[[Row], tuple[str, ...]]
    others: tuple[str, ...]
    last_year: str

    @property
    def form(self) -> Form:
        return Form((self.id, self.title, "ccode1", "ccode2", self.begin, self.end, *self.others))

    @property
    def collection(self) -> str:
        return f"{LOADER.name}-{self.key}"


def _typed(row: Row) -> tuple[str, ...]:
    told = {row["type1"], row["type2"], row["type3"]}
    return tuple(name for name in _ISSUES if name in told)


def _flagged(row: Row) -> tuple[str, ...]:
    return tuple(name for name in _ISSUES if row[name] == "1")


_BOOKS = (
    _Book(
        "td", "Thompson and Dreyer", "rivalryno", "rivalryname", "styear", "endyear", _typed, ("type1", "type2", "type3", "region"), "2010"
    ),
    _Book("tss", "Thompson, Sakuwa and Suhas", "tssr_id", "rivalry", "start", "end", _flagged, _ISSUES, "2020"),
)  # fmt: skip


def open_rivalries(names: Sequence[str], codes: Codes) -> list[Opened]:
    """The rivalries in each of the files, each a collection."""
    if not names:
        raise InputError(f"{LOADER.name} reads {LOADER.files}")
    opened: dict[str, Opened] = {}
    for name in names:
        book, table = _book(name)
        if book.collection in opened:
            raise InputError(f"{name} is a second table of {book.part}: name one of them")
        source = LOADER.source(
            "rivalries", table,
            collection=book.collection, part=book.part, version=book.last_year, coverage=f"1494/{book.last_year}",
        )  # fmt: skip
        reading = Reading(
            book.collection, (source,), _records(book, table, source, codes),
            whole=False, loader=LOADER.name, files=(str(table.path.resolve()),), length=table.length,
        )  # fmt: skip
        opened[book.collection] = Opened(reading)
    return list(opened.values())


def _book(name: str) -> tuple[_Book, Table]:
    """Which of the two sources the file is, by its columns."""
    faults = []
    for book in _BOOKS:
        try:
            return book, Table(name, book.form)
        except TableError as error:
            faults.append(str(error))
    if len(set(faults)) == 1:  # the file is at fault, whichever it is
        raise TableError(faults[0])
    raise TableError(f"{name} is no table of {' or of '.join(book.part for book in _BOOKS)}: {faults[0]}")


def _records(book: _Book, table: Table, source: Source, codes: Codes) -> Iterator[Record]:
    """Each row; rows of one rivalry together, should it have several."""
    told: dict[str, list[Statement]] = {}
    for row in table.rows():
        found = row if isinstance(row, Rejected) else _rivalry(row, book, source, codes)
        if isinstance(found, Statement):
            told.setdefault(found.fact, []).append(found)
        else:
            yield found
    for statements in told.values():
        yield from statements


def _rivalry(row: Row, book: _Book, source: Source, codes: Codes) -> Statement | Rejected:
    first, last = row[book.begin], row[book.end]
    fault = ""
    if not row[book.id]:
        fault = f"it has no {book.id}"
    elif not (is_year(first) and is_year(last)):
        fault = f"{first!r} to {last!r} are no years"
    elif first > last:
        fault = f"it begins in {first} and ends before that, in {last}"
    if fault:
        return Rejected(row.place, fault, record=row.record)
    goes_on = last >= book.last_year
    when = When.parse(f"{first}/{'..' if goes_on else last}")
    rivals: dict[str, tuple[Repair, ...]] = {}
    for column in ("ccode1", "ccode2"):
        found = codes.find(row[column], "cow", when)
        if not isinstance(found, Found):
            return found.rejected(row.place, row.record)
        rivals[found.actor] = found.repairs
    if len(rivals) == 1:
        return Rejected(row.place, "both rivals are the same", row["ccode1"], "cow", record=row.record)
    properties = (("issues", book.issues(row)), ("location", tuple(filter(None, [row.get("region")]))))
    return Statement(
        fact=f"{book.collection}:{row[book.id]}",
        kind="dispute",
        source=source.id,
        place=Place(f"rivalry {row[book.id]}"),
        types=("rivalry",),
        titles=tuple(filter(None, [row[book.title]])),
        parties=tuple(Party(rival, "party") for rival in rivals),
        steps=(Step("under_way" if goes_on else "held", when),),
        properties=tuple((name, values) for name, values in properties if values),
        repairs=tuple(repair for repairs in rivals.values() for repair in repairs),
        method="table",
    )


LOADER = Loader(
    name="rivalries",
    about="strategic rivalries between states since 1494",
    files="td_rivalries.csv, tss_rivalries.csv, or both",
    open=open_rivalries,
    known_as=("td_rivalries.*", "tss_rivalries.*"),
    title="Strategic rivalries",
    publisher="CQ Press; Springer",
    date="2012/2021",
    url="https://svmiller.com/peacesciencer/",
    licence="to be cited",
    citation=(
        "Thompson, William R., and David Dreyer. 2012. Handbook of International Rivalries, 1494–2010. CQ Press. – "
        "Thompson, William R., Kentaro Sakuwa, and Prashant Hosur Suhas. 2021. Analyzing Strategic Rivalries in World Politics: Types of "
        "Rivalry, Regional Variation, and Escalation/De-escalation. Springer."
    ),
    bibtex="""\
@book{thompson_handbook_2012,
  author = {Thompson, William R. and Dreyer, David},
  title = {Handbook of International Rivalries, 1494--2010},
  publisher = {CQ Press},
  year = {2012},
}
@book{thompson_analyzing_2021,
  author = {Thompson, William R. and Sakuwa, Kentaro and Suhas, Prashant Hosur},
  title = {Analyzing Strategic Rivalries in World Politics: Types of Rivalry, Regional Variation, and Escalation/De-escalation},
  publisher = {Springer},
  year = {2021},
}""",
    coverage="1494/2020",
)
