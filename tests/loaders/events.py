"""Small files of events for tests: rows as GDELT, ICEWS and POLECAT write them."""

from collections.abc import Mapping

_BASE = 5 + 10 + 10
"""Columns of a GDELT row before those of the event."""


def gdelt(
    id: str,
    left: Mapping[str, str],
    right: Mapping[str, str],
    code: str,
    *,
    day: str = "20151027",
    columns: int = 61,
) -> str:
    """A row of GDELT, of 57, 58 or 61 columns; actors by `code`, `name`, `country` and `group`."""
    cells = [""] * columns
    cells[:5] = [id, day, day[:6], day[:4], f"{day[:4]}.8"]
    for start, actor in ((5, left), (15, right)):
        parts = ("code", "name", "country", "group")
        cells[start : start + 4] = [actor.get(part, "") for part in parts]
    cells[_BASE : _BASE + 10] = ["1", code, code[:3], code[:2], "1", "2.5", "7", "1", "7", "-1.5"]
    cells[52 if columns == 61 else 50] = "Tokyo, Tokyo, Japan"
    if columns != 57:
        cells[-1] = f"https://example.org/{id}"
    return "\t".join(cells)


ICEWS_COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def icews(
    id: str, day: str, source: str, source_country: str, code: str, target: str, target_country: str
) -> str:
    """A row of raw ICEWS."""
    given = dict.fromkeys(ICEWS_COLUMNS, "NA") | {
        "Event ID": id,
        "Event Date": day,
        "Source Name": source,
        "Source Country": source_country,
        "Event Text": "Consult",
        "CAMEO Code": code,
        "Intensity": "1.0",
        "Target Name": target,
        "Target Country": target_country,
        "Story ID": "47400351",
        "Sentence Number": "2",
        "Publisher": "Example News",
        "City": "Hanoi",
        "Country": "Vietnam",
    }
    return "\t".join(given[column] for column in ICEWS_COLUMNS)


POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country",
    "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date",
    "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def polecat(id: str, actor: str, type: str, recipient: str, mode: str = "None", **cells: str) -> str:
    """A row of POLECAT; sides are countries, other cells are named with `_` for spaces."""
    given = dict.fromkeys(POLECAT_COLUMNS, "None") | {
        "Event ID": id, "Event Date": "2021-03-16", "Event Type": type, "Event Mode": mode, "Intensity": "4.0",
        "Quad Code": "VERBAL COOPERATION", "Actor Name": f"Government ({actor})", "Actor Country": actor,
        "Recipient Name": f"Government ({recipient})", "Recipient Country": recipient, "Placename": "Tokyo, Japan",
        "Source": "Example News",
    }  # fmt: skip
    given |= {name.replace("_", " "): value for name, value in cells.items()}
    return "\t".join(given[column] for column in POLECAT_COLUMNS)
