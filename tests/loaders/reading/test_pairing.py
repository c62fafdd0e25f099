"""One actor with each of several others."""

from dataclasses import replace

from comity.loaders.reading.candidate import Assertion, Candidate, Participant, Sentence, Span
from comity.loaders.reading.pairing import paired, respectively


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def candidate(text: str, kind: str, predicate: str, *parties: tuple[str, str]) -> Candidate:
    """A candidate whose parties are told by their words; an empty word stands for one that is understood."""
    found = tuple(
        Participant(
            actor, "party" if kind == "agreement" else "participant", span(text, words) if words else None
        )
        for actor, words in parties
    )
    at = span(text, predicate)
    return Candidate(kind, found, "held", Assertion.ASSERTED, Span(0, len(text)), at)


def actors(candidates: list[Candidate]) -> list[tuple[str, ...]]:
    return [tuple(party.actor for party in each.parties) for each in candidates]


def test_respectively_gives_each_partner_its_own_time() -> None:
    text = "On 9 and 10 May Portugal visited Poland and Latvia respectively."
    times = [Span(3, 4), Span(9, 15)]
    given = candidate(text, "talks", "visited", ("PRT", "Portugal"), ("POL", "Poland"), ("LVA", "Latvia"))
    found = paired([replace(given, date=times[1])], Sentence(text, Span(0, len(text))), times)
    assert actors(found) == [("PRT", "POL"), ("PRT", "LVA")]
    assert [each.date for each in found] == times


def test_times_that_are_not_as_many_as_partners_are_left_alone() -> None:
    text = "In May Portugal visited Poland and Latvia respectively."
    time = Span(3, 6)
    given = candidate(text, "talks", "visited", ("PRT", "Portugal"), ("POL", "Poland"), ("LVA", "Latvia"))
    found = paired([replace(given, date=time)], Sentence(text, Span(0, len(text))), [time])
    assert [each.date for each in found] == [time, time]


def test_agreements_with_two_are_two_and_an_agreement_with_two_is_one() -> None:
    for words, number in (("agreements", 2), ("an agreement", 1)):
        text = f"Portugal signed {words} with Poland and Latvia."
        given = candidate(text, "agreement", words, ("PRT", "Portugal"), ("POL", "Poland"), ("LVA", "Latvia"))
        assert len(paired([given], Sentence(text, Span(0, len(text))), [])) == number


def test_what_is_told_two_by_two_is_not_told_of_three_as_well() -> None:
    text = "Portugal went to Poland and Latvia to hold talks."
    visits = [
        candidate(text, "talks", "went", ("PRT", "Portugal"), (actor, name))
        for actor, name in (("POL", "Poland"), ("LVA", "Latvia"))
    ]
    together = candidate(text, "talks", "talks", ("PRT", ""), ("POL", ""), ("LVA", ""))
    assert paired([*visits, together], Sentence(text, Span(0, len(text))), []) == visits


def several(text: str, kind: str, predicate: str) -> Candidate:
    names = (("PRT", "Portugal"), ("NOR", "Norway"), ("POL", "Poland"), ("LVA", "Latvia"), ("MLT", "Malta"))
    return candidate(text, kind, predicate, *(each for each in names if each[1] in text))


def test_respectively_tells_who_is_meant_with_whom() -> None:
    text = "Portugal and Norway signed agreements with Poland and Latvia, respectively."
    found, unclear = respectively([several(text, "agreement", "agreements")], Sentence(text, Span(0, 75)), [])
    assert (actors(found), unclear) == ([("PRT", "POL"), ("NOR", "LVA")], [])
    pairs = [
        candidate(text, "agreement", "agreements", *two)
        for two in (
            (("PRT", "Portugal"), ("POL", "Poland")),
            (("PRT", "Portugal"), ("LVA", "Latvia")),
            (("NOR", "Norway"), ("POL", "Poland")),
            (("NOR", "Norway"), ("LVA", "Latvia")),
        )
    ]
    assert respectively(pairs, Sentence(text, Span(0, 75)), []) == ([pairs[0], pairs[3]], [])


def test_respectively_of_unequal_numbers_is_unclear_but_not_of_times() -> None:
    text = "Portugal, Malta and Norway visited Poland and Latvia respectively."
    given = several(text, "talks", "visited")
    sentence = Sentence(text, Span(0, len(text)))
    assert respectively([given], sentence, []) == ([], [given])
    assert respectively([given], sentence, [Span(0, 1), Span(2, 3)]) == ([given], [])


def test_without_the_word_several_with_several_stay_together() -> None:
    text = "Portugal and Norway held talks with Poland and Latvia, and Malta and Peru spoke, respectively."
    given = several(text, "talks", "talks")
    without = replace(given, span=Span(0, text.index(", and")), parties=given.parties[:4])
    assert respectively([without], Sentence(text, Span(0, len(text))), []) == ([without], [])
