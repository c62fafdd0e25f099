"""The alliances of 1914, small enough to work every measure out by hand.

On 28 July 1914 ten pairs were bound by a promise of defence, as the Correlates of War count them too:

    Germany, Austria-Hungary, Italy, Romania    all six pairs (Dual and Triple Alliance, and Romania's treaty with the three)
    France - Russia, Portugal - Britain - Japan, Greece - Serbia

On 31 December five more had come: Turkey - Germany, Turkey - Bulgaria, Bulgaria - Germany, Bulgaria - Austria-Hungary,
Romania - Russia. Expired by then, and shorter than any path that was left: Austria-Hungary - Serbia, France - Italy, and the league
of the three emperors. The ententes join Britain to France and Russia, but promise no defence.
"""

from datetime import date

from comity.graph.dates import When
from comity.graph.model import Statement
from comity.graph.reading import Reading
from tests.graph.facts import reading, stated

JULY = date(1914, 7, 28)
DECEMBER = date(1914, 12, 31)


def alliances() -> list[Statement]:
    """One statement for each agreement, and talks and drills that came to nothing or are disputed."""
    return [
        stated("dual-alliance", "DEU COW-AUH", ["in_force 1879-10-07/1918-11-03"]),
        stated("triple-alliance", "DEU COW-AUH ITA", ["in_force 1882-05-20/1915-05-03"]),
        stated("romanian", "ROU DEU COW-AUH ITA@1888-05-15/..", ["in_force 1883-10-30/1916-08-27"]),
        stated("franco-russian", "FRA RUS", ["in_force 1894-01-04/1917-11-08"]),
        stated("anglo-portuguese", "GBR PRT", ["in_force 1386-05-09/.."]),
        stated("anglo-japanese", "GBR JPN", ["signed 1902-01-30", "in_force 1902-01-30/1923-08-17"]),
        stated("greco-serbian", "GRC SRB", ["in_force 1913-06-01/1918-11-11"]),
        stated("german-ottoman", "DEU TUR", ["in_force 1914-08-02/1918-10-30"]),
        stated("ottoman-bulgarian", "BGR TUR", ["in_force 1914-08-19/1918-09-30"]),
        stated("austro-bulgarian", "BGR COW-AUH", ["in_force 1914-08-19/1918-09-30"]),
        stated("german-bulgarian", "BGR DEU", ["in_force 1914-09-06/1918-09-30"]),
        stated("russo-romanian", "ROU RUS", ["in_force 1914-10-01/1916-08-17"]),
        stated("austro-serbian", "COW-AUH SRB", ["in_force 1881-06-28/1895-01-13"]),
        stated("franco-sardinian", "FRA ITA", ["in_force 1859-01-26/1859-07-11"]),
        stated("three-emperors", "DEU COW-AUH RUS", ["in_force 1881-06-18/1887-06-18"]),
        stated("entente-cordiale", "FRA GBR", ["signed 1904-04-08", "in_force 1904-04-08/.."], types=["entente"]),
        stated("anglo-russian", "GBR RUS", ["in_force 1907-08-31/1917-11-08"], types=["entente"]),
        stated("haldane-mission", "DEU GBR", ["held 1912-02-08/1912-02-11"], kind="talks", types=["visit"]),
        stated("haldane-mission", "DEU GBR", ["held 1912-02-09"], kind="talks", types=["visit"], source="b"),
        stated("black-sea", "ROU TUR", ["signed 1914-08-03"], types=["neutrality"]),
        stated("black-sea", "ROU TUR", ["signed 1914-08-05"], types=["neutrality"], source="b"),
        stated("kiel", "GBR:guest DEU:host", ["held 1914-06-23/1914-06-30"], kind="talks", types=["visit"]),
        stated("kiel", "GBR:guest DEU:host", ["held 1914-06"], kind="talks", types=["visit"], source="b"),
        stated("naval-convention", "GBR RUS", ["announced 1914-05", "negotiating 1914-06"], types=["consultation"]),
        stated("pola", "COW-AUH DEU", ["announced 1914-05-01", "planned 1914-09"], kind="drill", types=["sea"]),
        stated("postal-union", "DEU:member FRA:member GBR:member UPU:organization", ["in_force 1875-07-01/.."],
               kind="membership", types=["full"]),
    ]  # fmt: skip


def alliances_1914() -> Reading:
    """The same as a loader gives it."""
    return reading(alliances())


def nato() -> list[Statement]:
    """Three members of NATO, a partner of it, and what ties them to Japan and each other."""
    return [
        stated("nato-full", "USA:member GBR:member TUR:member@1952-02-18/.. NATO:organization", ["in_force 1949-08-24/.."],
               kind="membership", types=["full"]),
        stated("nato-partner", "POL:member NATO:organization", ["in_force 1994-02-02/1999-03-11"],
               kind="membership", types=["partner"]),
        stated("north-atlantic-treaty", "USA GBR TUR@1952-02-18/..", ["in_force 1949-08-24/.."]),
        stated("security-treaty", "JPN USA", ["in_force 1960-06-23/.."]),
        stated("polish", "POL CZE", ["in_force 1993/.."]),
        stated("postal-union", "USA:member POL:member UPU:organization", ["in_force 1950/.."],
               kind="membership", types=["full"]),
    ]  # fmt: skip


def day(when: date) -> When:
    """A day as a slice is asked for it."""
    return When.parse(when.isoformat())


PARTNERS_IN_JULY = {
    "DEU": 3, "COW-AUH": 3, "ITA": 3, "ROU": 3, "GBR": 2,
    "FRA": 1, "RUS": 1, "PRT": 1, "JPN": 1, "GRC": 1, "SRB": 1,
}  # fmt: skip

# Dual and Triple Alliance and Romania's treaty tie Germany and Austria-Hungary three times, either of them to Italy twice.
FACTS_IN_JULY = {**PARTNERS_IN_JULY, "DEU": 6, "COW-AUH": 6, "ITA": 5}

# Portugal and Japan are two steps apart; everybody else reaches only direct partners.
HARMONIC_IN_JULY = {**PARTNERS_IN_JULY, "PRT": 1.5, "JPN": 1.5}

# One of the 45 pairs of others has its only path through Britain.
BETWEENNESS_IN_JULY = dict.fromkeys(PARTNERS_IN_JULY, 0.0) | {"GBR": 1 / 45}

# With 13 actors there are 66 pairs of others. Russia: France to each of six. Romania: France and Russia to each of five. Germany: Turkey
# to Italy, Romania, Russia and France; with Bulgaria, half of Turkey to Austria-Hungary; with Austria-Hungary, half of Bulgaria to Italy,
# Romania, Russia and France.
BETWEENNESS_IN_DECEMBER = dict.fromkeys([*PARTNERS_IN_JULY, "TUR", "BGR"], 0.0) | {
    "GBR": 1 / 66, "RUS": 6 / 66, "ROU": 10 / 66, "DEU": 6.5 / 66, "COW-AUH": 2 / 66, "BGR": 0.5 / 66,
}  # fmt: skip

PARTNERS_IN_DECEMBER = {**PARTNERS_IN_JULY, "DEU": 5, "COW-AUH": 4, "ROU": 4, "RUS": 2, "TUR": 2, "BGR": 3}
