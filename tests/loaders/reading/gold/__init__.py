"""The relations of two articles, of our own making: the article of January 2017, of which only places and hashes are kept here, and
an invented one with other damage.

The twelve of the first article follow the bundled dossier `japan-europe`. Left out of it are the two decisions of 2014 on operations
against piracy (one sentence tells of a drill and of information to be shared) and the visit to Belgium (the article does not say that
anybody was met): a reader may find them. Parties, status and precision of the date are those of the article, not of other sources.
"""

from dataclasses import dataclass
from pathlib import Path

from comity.loaders.reading.draft import ReadFact

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Gold:
    """A relation: its kind, parties, the steps and dates that it may be given, and the sentence that states it with its hash.

    A date that is `-` is none. A year that was inferred carries `?` when it is read; that is the same date.
    """

    kind: str
    parties: str
    steps: str
    dates: str
    start: int
    end: int
    sha256: str = ""

    def found_in(self, fact: ReadFact) -> bool:
        """Whether the fact is this relation."""
        date = fact.date.replace("?", "").replace("~", "") or "-"
        return (
            fact.kind == self.kind
            and {party.actor for party in fact.parties} == set(self.parties.split())
            and fact.status in self.steps.split()
            and date in self.dates.split()
            and any(mention.start < self.end and mention.end > self.start for mention in fact.mentions)
        )


MISSION = (
    Gold(
        "talks",
        "JPN NATO",
        "planned announced",
        "- 2017-01-04",
        1019,
        1321,
        "45eb80865761aabf49a5af3dc9fd3b8aaca29e4e24c538fcb03fe7326a970c3b",
    ),
    Gold(
        "talks",
        "FRA JPN",
        "held",
        "2017-01-06",
        585,
        714,
        "6c48237dc51b3d932286e2a30d980909b3aae846b9c773dc44a5e4cb5ac41224",
    ),
    Gold(
        "talks",
        "CZE JPN",
        "held",
        "2017-01-09",
        888,
        1018,
        "8d38f53cfa220fd0dc6ec47ca99d14d3a05832f67e595c3951aefaad40b720fd",
    ),
    Gold(
        "talks",
        "IRL JPN",
        "held",
        "2017-01-10",
        888,
        1018,
        "8d38f53cfa220fd0dc6ec47ca99d14d3a05832f67e595c3951aefaad40b720fd",
    ),
    Gold(
        "agreement",
        "FRA JPN",
        "announced",
        "-",
        1761,
        1956,
        "219c37bc54dbc71f772c9896d20598b527311f1c43d36c6824f0503f1e4110f3",
    ),
    Gold(
        "agreement",
        "JPN USA",
        "signed",
        "-",
        1761,
        1956,
        "219c37bc54dbc71f772c9896d20598b527311f1c43d36c6824f0503f1e4110f3",
    ),
    Gold(
        "agreement",
        "GBR JPN",
        "signed",
        "-",
        1761,
        1956,
        "219c37bc54dbc71f772c9896d20598b527311f1c43d36c6824f0503f1e4110f3",
    ),
    Gold(
        "agreement",
        "JPN NATO",
        "signed",
        "2014",
        2024,
        2149,
        "b327fab4e75aac7ed6e7fb96ceaf4bb3bb362b92bd73cf0e9b99e3a9ca86710a",
    ),
    Gold(
        "drill",
        "JPN NATO",
        "held",
        "2015-03",
        2395,
        2483,
        "f16cb0172fb9f9326133401df7655b7ac4eef5e384bbcc69a040695d6bef87d4",
    ),
    Gold(
        "drill",
        "GBR JPN",
        "under_way held",
        "2016-10-24",
        2558,
        2726,
        "553962d449b3de82a31f50fc5ddf4032cfdbd1bca83605223b10cbf076677cbc",
    ),
    Gold(
        "drill",
        "JPN USA",
        "held",
        "2016-11",
        3648,
        3765,
        "90dd367ce3557ec5b8b58f22ac084b156ed2bee907d30754af54e133c26063c1",
    ),
    Gold(
        "agreement",
        "JPN NATO",
        "announced",
        "2016-07",
        3766,
        4027,
        "073e9f4f1229ada124c23177dc0e8b8cf2e3df8870fe3a1c0251e32d05ad0f30",
    ),
)
"""The article of January 2017."""

MISSION_MAY = {
    ("drill", "JPN NATO"), ("agreement", "JPN NATO"), ("talks", "BEL JPN"),
}  # fmt: skip
"""What else may be found in it."""


def relation(kind: str, parties: str, steps: str, dates: str, begin: str, end: str) -> Gold:
    """A relation of the invented article, whose sentence begins and ends with these words."""
    text = ATLANTIC_TEXT
    start = text.index(begin)
    return Gold(kind, parties, steps, dates, start, text.index(end, start) + len(end))


ATLANTIC_TEXT = (FOLDER / "atlantic.txt").read_text(encoding="utf-8")

ATLANTIC = (
    relation("talks", "DNK PRT", "held", "2019-01-12", "On June 12th", "Danish leaders."),
    relation("talks", "NOR PRT", "held", "2019-01-14", "On the 14th", "Oslo."),
    relation("talks", "POL PRT", "held", "2019-01-16", "Next, on 16th", "respectively."),
    relation("talks", "LTU PRT", "held", "2019-01-17", "Next, on 16th", "respectively."),
    relation("agreement", "NOR PRT", "signed", "2017", "In 20 17", "services."),
    relation("drill", "ESP PRT", "held", "2018-05", "2065438+In May", "Azores."),
    relation("agreement", "ITA PRT", "signed", "2018-03", "Two months earlier", "information."),
    relation("drill", "GRC PRT", "cancelled", "2018-09", "In September", "fires."),
    relation("agreement", "CAN PRT", "announced", "- 2020", "According to people", "year."),
)
"""The invented article: nine relations, and among its words some that are none."""
