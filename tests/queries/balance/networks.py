"""Published signed networks, as tests need them."""

from comity.graph.model import Statement
from comity.queries.balance.signed import Pair, SignedNetwork
from tests.graph.facts import stated

FRIENDS = """
Alika: Ukudz
Gahuk: Asaro Geham Masil Ukudz
Gavev: Gama Kotun Nagad
Geham: Asaro
Kohik: Uheto
Kotun: Gama Nagad
Masil: Asaro Geham Uheto Ukudz
Nagad: Gama
Nagam: Masil Notoh Seuve
Notoh: Kohik Uheto
Ove: Alika Gahuk Masil Ukudz
Uheto: Seuve
Ukudz: Asaro Geham
"""

FOES = """
Asaro: Gama Nagad Seuve
Gahuk: Gama Notoh Uheto
Gavev: Alika Asaro Gahuk Nagam Ove
Geham: Gama Nagad Uheto
Kohik: Geham Nagad
Kotun: Gahuk Kohik Nagam Notoh Ove
Nagam: Gama Nagad
Notoh: Geham Nagad
Seuve: Gama
Uheto: Gama Nagad
Ukudz: Seuve
"""


def tribes() -> SignedNetwork:
    """Friendship (rova) and enmity (hina) among sixteen tribes of the Gahuku-Gama in the highlands of New Guinea.

    K. E. Read, "Cultures of the Central Highlands, New Guinea", Southwestern Journal of Anthropology 10 (1954) 1-43.
    """
    signs: dict[Pair, int] = {}
    for text, sign in ((FRIENDS, 1), (FOES, -1)):
        for line in text.strip().splitlines():
            one, others = line.split(": ")
            signs |= {(one, other): sign for other in others.split()}
    return SignedNetwork.of(signs)


POWERS = """
GBR FRA - 1872 1904
GBR RUS - 1872 1907
GBR COW-AUH - 1872 1918
FRA RUS - 1872 1890
FRA COW-AUH - 1872 1918
FRA DEU - 1872 1918
RUS COW-AUH + 1872 1890
RUS DEU + 1872 1890
COW-AUH DEU + 1872 1918
COW-AUH ITA + 1882 1918
DEU ITA + 1882 1918
RUS COW-AUH - 1890 1918
RUS DEU - 1890 1918
FRA RUS + 1891 1918
GBR FRA + 1904 1918
GBR RUS + 1907 1918
GBR DEU - 1907 1918
GBR ITA - 1907 1918
FRA ITA - 1907 1918
RUS ITA - 1907 1918
"""
"""The six great powers before the World War (T. Antal, P. L. Krapivsky, S. Redner, "Social balance on networks: The dynamics of friendship
and enmity", Physica D 224 (2006) 130-136), with their dates as in the data set irps_wwi of the package manynet."""


def powers() -> list[Statement]:
    """The powers' relations as facts: ententes, and rivalries."""
    told = []
    for line in POWERS.strip().splitlines():
        one, other, sign, begin, end = line.split()
        key = f"{one}-{other}-{begin}".lower()
        if sign == "+":
            told.append(stated(key, f"{one} {other}", [f"in_force {begin}/{end}"], types=["entente"]))
        else:
            told.append(
                stated(key, f"{one} {other}", [f"held {begin}/{end}"], kind="dispute", types=["rivalry"])
            )
    return told
