"""What the reader understands, a sentence of our own for each rule."""

import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from comity.graph.errors import InputError
from comity.graph.kinds import kinds
from comity.loaders.reading.candidate import Candidate, Reader, Sentence, Span
from comity.loaders.reading.language import reader
from comity.loaders.reading.naming import Names


@cache
def own_reader() -> Reader:
    return reader()


def read(text: str, date: str = "", mentioned: Sequence[str] = ()) -> list[Candidate]:
    sentence = Sentence(text, Span(0, len(text)), date, tuple(mentioned))
    [candidates] = own_reader()([sentence])
    return list(candidates)


def told(text: str, date: str = "", mentioned: Sequence[str] = ()) -> set[str]:
    """What is told, as `talks JPN+USA asserted`."""
    return {
        f"{each.kind} {'+'.join(sorted(party.actor for party in each.parties))} {each.assertion}"
        for each in read(text, date, mentioned)
    }


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Japan and Norway held talks on fishing.", "talks JPN+NOR asserted"),
        ("Japan met Norway's delegation in Oslo.", "talks JPN+NOR asserted"),
        ("The Peruvian president visited Ecuador.", "talks ECU+PER asserted"),
        ("Chile and Bolivia signed a trade treaty.", "agreement BOL+CHL asserted"),
        ("A treaty was signed by Chile and Bolivia.", "agreement BOL+CHL asserted"),
        ("The treaty, which Chile signed with Bolivia, is short.", "agreement BOL+CHL asserted"),
        ("A treaty between Chile and Bolivia was published.", "agreement BOL+CHL asserted"),
        ("Chile's treaty with Bolivia was signed in 1904.", "agreement BOL+CHL asserted"),
        ("The Franco-British negotiations began in May.", "talks FRA+GBR asserted"),
        ("Kenya responded by signing a pact with Uganda.", "agreement KEN+UGA asserted"),
        ("Kenya reopened the border and signed a pact with Uganda.", "agreement KEN+UGA asserted"),
        ("The presidents of Kenya and Uganda met in Arusha.", "talks KEN+UGA asserted"),
        ("French and Egyptian warships held a joint exercise.", "drill EGY+FRA asserted"),
        ("Sweden sent a delegation to Moscow.", "talks RUS+SWE asserted"),
        ("Sweden's response was to send an envoy to Moscow.", "talks RUS+SWE asserted"),
        ("The Swedish minister flew to Copenhagen.", "talks DNK+SWE asserted"),
        ("Turkey summoned the Iranian ambassador.", "talks IRN+TUR asserted"),
        ("During a visit to Ankara, the Iranian minister spoke of trade.", "talks IRN+TUR asserted"),
        ("At a meeting with the Dutch minister, Spain repeated its claim.", "talks ESP+NLD asserted"),
        ("Norway and Iceland exchanged notes on the matter.", "agreement ISL+NOR asserted"),
        ("Kenya agreed with Uganda on the use of the river.", "agreement KEN+UGA asserted"),
        ("Laos joined Vietnam's defence pact.", "agreement LAO+VNM asserted"),
        (
            "Peru's president, Juan Sol, and Chile's minister, Luis Mar, met in Lima.",
            "talks CHL+PER asserted",
        ),
        ("A treaty between Peru, then at war, and Chile was signed.", "agreement CHL+PER asserted"),
        (
            "In a memorandum of understanding among Peru, Chile, and Cuba, Lima got a port.",
            "agreement CHL+CUB+PER asserted",
        ),
        ("The third round of mediation among Peru, Cuba and Chile began.", "talks CHL+CUB+PER asserted"),
        ("A team of Swedish experts visited Cuba.", "talks CUB+SWE asserted"),
        ("During a visit by Ola Berg, Norway's minister, to Cuba, he spoke.", "talks CUB+NOR asserted"),
        ("Norway's envoy was there, but talks with Cuba went on.", "talks CUB+NOR asserted"),
        ("The crisis for Norway ended when it signed a pact with Cuba.", "agreement CUB+NOR asserted"),
        ("The Franco-German alliance was renewed.", "agreement DEU+FRA asserted"),
        ("North and South Korea resumed talks.", "talks KOR+PRK asserted"),
        ("Peruvian, Chilean and Cuban ministers met.", "talks CHL+CUB+PER asserted"),
        ("A cease-fire between Peru and Chile took hold.", "agreement CHL+PER asserted"),
        ("Talks commenced in Rome between envoys of Peru and Chile.", "talks CHL+PER asserted"),
        ("Peru's minister led a delegation to Santiago.", "talks CHL+PER asserted"),
        ("Envoys of Peru and Chile gathered in Lima.", "talks CHL+PER asserted"),
        ("Peru and Chile accepted a truce sponsored by Cuba.", "agreement CHL+PER asserted"),
    ],
)
def test_structure(text: str, facts: str) -> None:
    assert told(text) == {facts}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Peru agreed to supply Norway with gas.", "agreement NOR+PER asserted"),
        ("Peru has promised to continue aid to Norway.", "agreement NOR+PER proposed"),
        ("Peru will give Norway a loan.", "agreement NOR+PER proposed"),
        ("Peru promised to return the bodies of five Norwegian airmen.", "agreement NOR+PER proposed"),
        ("Peru and Norway agreed to withdraw their ships.", "agreement NOR+PER asserted"),
        ("Peru and Norway settled their dispute.", "agreement NOR+PER asserted"),
        ("Peru and Norway reached an understanding.", "agreement NOR+PER asserted"),
        ("Norway made peace with Peru.", "agreement NOR+PER asserted"),
        ("The Treaty of Quito ended the war between Norway and Peru.", "agreement NOR+PER asserted"),
        ("The war between Norway and Peru was ended by the treaty.", "agreement NOR+PER asserted"),
        (
            "The war ended for Peru with the Treaty of Quito, signed with Norway.",
            "agreement NOR+PER asserted",
        ),
        ("In the treaty of 1921, Norway and Peru divided the islands.", "agreement NOR+PER asserted"),
        ("The triple alliance of Peru, Chile, and Cuba was concluded.", "agreement CHL+CUB+PER asserted"),
        (
            "Protocols on the establishment of relations between Peru and Cuba were signed.",
            "agreement CUB+PER asserted",
        ),
        ("A treaty between Peru and Cuba was signed, but never ratified.", "agreement CUB+PER asserted"),
        ("It was not until 1921 that Peru concluded a treaty with Cuba.", "agreement CUB+PER asserted"),
        ("Norway was offered a truce by Peru.", "agreement NOR+PER proposed"),
        ("Peru's president made a telephone call to Norway's premier.", "talks NOR+PER asserted"),
        ("The Norwegian ambassador in Lima was summoned.", "talks NOR+PER asserted"),
        ("The Norwegian envoy was instructed to see Peru's president.", "talks NOR+PER proposed"),
        ("The summit brought together the leaders of Peru and Norway.", "talks NOR+PER asserted"),
        ("Representatives of Norway and Peru came together.", "talks NOR+PER asserted"),
        ("Norway's minister had lunch with Peru's president.", "talks NOR+PER asserted"),
        ("Presidents Sol of Peru and Mar of Chile met.", "talks CHL+PER asserted"),
        ("Norway's minister held talks in Lima with the president.", "talks NOR+PER asserted"),
        ("Norway accepted an offer by Peru to hold talks.", "talks NOR+PER proposed"),
        ("Norway suggested that Peru join in talks.", "talks NOR+PER proposed"),
        ("Cuba arranged a meeting of the ministers of Peru and Chile.", "talks CHL+CUB+PER proposed"),
        ("In 1905 the Tsar met with the Kaiser.", "talks DEU+RUS asserted"),
        ("Norway and Peru staged a landing exercise.", "drill NOR+PER asserted"),
        ("Norway conducted joint training with Peru.", "drill NOR+PER asserted"),
        ("Exercise Northern Sun, with Norway and Peru, began.", "drill NOR+PER asserted"),
    ],
)
def test_further_ways_of_telling(text: str, facts: str) -> None:
    assert told(text) == {facts}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Japan plans to sign an agreement with Norway.", "agreement JPN+NOR proposed"),
        ("Japan will sign an agreement with Norway.", "agreement JPN+NOR proposed"),
        ("Japan proposed talks with Norway.", "talks JPN+NOR proposed"),
        ("Japan offered to negotiate with Norway.", "talks JPN+NOR proposed"),
        ("Japan and Norway agreed to hold talks.", "talks JPN+NOR proposed"),
        ("If Japan signs a treaty with Norway, whales will be safe.", "agreement JPN+NOR proposed"),
        ("The agreement that Japan intends to sign with Norway is long.", "agreement JPN+NOR proposed"),
        ("Japan refused to sign an agreement with Norway.", "agreement JPN+NOR negated"),
        ("Japan had not signed the agreement with Norway.", "agreement JPN+NOR negated"),
        ("No agreement was reached between Japan and Norway.", "agreement JPN+NOR negated"),
        ("Japan cancelled its talks with Norway.", "talks JPN+NOR negated"),
        ("Japan invited Norway to talks.", "talks JPN+NOR proposed"),
        ("Japanese minister to visit Norway in May", "talks JPN+NOR proposed"),
        ("Neither Japan nor Norway was willing to negotiate.", "talks JPN+NOR negated"),
        ("The impending Japanese exercise with Norway drew protest.", "drill JPN+NOR proposed"),
        ("Japan failed to reach an agreement with Norway.", "agreement JPN+NOR negated"),
        ("Reuters reported that Japan had signed a treaty with Norway.", "agreement JPN+NOR asserted"),
        ("Japan and Norway were unable to agree on the text.", "agreement JPN+NOR negated"),
        ("Japan was unwilling to sign a treaty with Norway.", "agreement JPN+NOR negated"),
        ("Japan is unlikely to sign a treaty with Norway.", "agreement JPN+NOR negated"),
        ("Japan is ready to sign a treaty with Norway.", "agreement JPN+NOR proposed"),
    ],
)
def test_assertion(text: str, facts: str) -> None:
    assert told(text) == {facts}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("It is false that Japan and Norway signed a pact.", "agreement JPN+NOR negated"),
        ("It is not true that Japan and Norway signed a pact.", "agreement JPN+NOR negated"),
        ("It is true that Japan and Norway signed a pact.", "agreement JPN+NOR asserted"),
        ("Reports that Japan and Norway had concluded a pact are false.", "agreement JPN+NOR negated"),
        ("Reports that Japan and Norway had concluded a pact are true.", "agreement JPN+NOR asserted"),
        ("The claim that Japan met Norway is untrue.", "talks JPN+NOR negated"),
        ("Rumours of an agreement between Japan and Norway are unfounded.", "agreement JPN+NOR negated"),
        ("Japan denied reports that it had held talks with Norway.", "talks JPN+NOR negated"),
        ("Japan confirmed reports that it had held talks with Norway.", "talks JPN+NOR asserted"),
        ("There was no truth in a report that Japan had met Norway.", "talks JPN+NOR negated"),
        ("Japan hardly ever met with Norway.", "talks JPN+NOR negated"),
        ("Japan was to have signed a treaty with Norway in 2016.", "agreement JPN+NOR proposed"),
        ("Japan and not Norway signed a treaty with Spain.", "agreement ESP+JPN asserted"),
    ],
)
def test_what_is_false_or_fell_through(text: str, facts: str) -> None:
    assert told(text) == {facts}


@pytest.mark.parametrize(
    "verb",
    [
        "hopes",
        "hoped",
        "hoping",
        "plans",
        "planned",
        "planning",
        "aims",
        "aimed",
        "aiming",
        "seeks",
        "sought",
        "seeking",
        "intends",
        "intended",
        "intending",
        "wishes",
        "wished",
        "wishing",
        "wants",
        "wanted",
        "wanting",
        "expects",
        "expected",
        "expecting",
        "tries",
        "tried",
        "trying",
        "agrees",
        "agreed",
        "agreeing",
        "decides",
        "decided",
        "deciding",
        "attempts",
        "attempted",
        "attempting",
        "offers",
        "offered",
        "offering",
        "promises",
        "promised",
        "vowed",
        "vowing",
        "threatened",
    ],
)
def test_what_is_intended_in_every_form_of_the_verb(verb: str) -> None:
    was = "was " if verb.endswith("ing") else ""
    assert told(f"Japan {was}{verb} to sign a treaty with Norway.") == {"agreement JPN+NOR proposed"}


@pytest.mark.parametrize("verb", ["hoped", "asked", "pressed", "appealed", "called", "pushed"])
def test_what_is_intended_for_a_thing(verb: str) -> None:
    assert told(f"Japan {verb} for a treaty with Norway.") == {"agreement JPN+NOR proposed"}


@pytest.mark.parametrize(
    "text",
    [
        "Japan violated its treaty with Norway.",
        "Japan acted under its treaty with Norway.",
        "Ships of Norway sailed in the South China Sea and the Sea of Japan.",
        "The firm asked us for a meeting with Mexico.",
        "Korea met Japan.",
        "The minister of Japan held a press conference in Norway.",
        "Japan met the demands of the miners.",
        "Japanese troops met Norwegian troops near the bridge.",
        "Troops of Japan went to Norway.",
        "Latin American states signed a treaty with Norway.",
        "The anti-Soviet alliance of Norway was signed.",
        "Norway signed the Trinidad Protocol.",
        "Michael Jordan met the president of Norway.",
        "The armies of Japan and Norway met at the river.",
        "Japan had an alliance with Norway.",
        "The 1907 treaty between Japan and Norway fixed the border.",
        "The pact was mediated by Japan and Norway.",
        "Japan sent a note to Norway.",
        "Japanese military advisers were sent to Norway.",
        "Japan pondered how to negotiate with Norway.",
        "Japan discussed relations with Norway.",
        "Japan asked for a meeting of the UN Security Council.",
        "Bosnian Serbs signed a truce with Norway.",
        "Norway received aid from Peru.",
        "Norway agreed to withdraw its troops from Peru.",
        "Negotiations between Norway and the ethnic Albanians stalled.",
        "Norway's minister spoke of a declaration of war on Peru.",
        "Norwegian ships gave Peru a fright.",
        "A Norwegian military mission arrived in Peru.",
        "Peru's foreign minister, Shah Mohammad, spoke.",
        "Under the treaty Norway and Peru patrol the river.",
    ],
)
def test_what_is_no_fact(text: str) -> None:
    assert told(text) == set()


def test_each_visit_and_each_treaty_is_a_fact_of_its_own() -> None:
    assert told("Japan signed similar agreements with Spain and Peru.") == {
        "agreement ESP+JPN asserted",
        "agreement JPN+PER asserted",
    }
    assert told("The Japanese minister visited Spain and Peru.") == {
        "talks ESP+JPN asserted",
        "talks JPN+PER asserted",
    }
    assert told("Japan signed a protocol with Spain and Peru.") == {"agreement ESP+JPN+PER asserted"}
    assert told("Pacts were signed between Spain and Peru and between Chile and Cuba.") == {
        "agreement ESP+PER asserted",
        "agreement CHL+CUB asserted",
    }


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Japan and Norway began negotiations on a defence pact.", "negotiating"),
        ("Japan and Norway continued talks on a trade agreement.", "negotiating"),
        ("Japan and Norway are close to a trade agreement.", "announced"),
    ],
)
def test_an_agreement_that_is_talked_about_is_not_made(text: str, status: str) -> None:
    found = [(each.assertion, each.status) for each in read(text) if each.kind == "agreement"]
    assert found == [("proposed", status)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Japan shelved its talks with Norway.", "cancelled"),
        ("Japan dropped its planned exercise with Norway.", "cancelled"),
        ("Japan and Norway scrapped their joint drill.", "cancelled"),
        ("Japan and Norway abandoned their joint drill.", "cancelled"),
        ("Talks between Japan and Norway scheduled for May collapsed before they began.", "cancelled"),
        ("Talks between Japan and Norway collapsed in May.", "held"),
        ("Japan and Norway resumed their suspended treaty.", "agreed"),
        ("The treaty between Japan and Norway is a short one.", "agreed"),
        ("The ministers of Japan and Norway put their signatures to a treaty.", "signed"),
        ("Japan suspended its treaty with Norway.", "suspended"),
        ("Japan and Norway agreed that they would not sign a treaty.", "agreed"),
    ],
)
def test_the_step_is_that_of_the_verb(text: str, status: str) -> None:
    assert [each.status for each in read(text)] == [status]


def test_who_brokers_or_hosts_is_no_party() -> None:
    assert told("Oman brokered talks between Qatar and Bahrain.") == {"talks BHR+QAT asserted"}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Japan welcomed Norway's treaty with Sweden.", "agreement NOR+SWE asserted"),
        ("Japan feared the Franco-British negotiations.", "talks FRA+GBR asserted"),
        ("Japan watched the naval exercise of Norway and Sweden.", "drill NOR+SWE asserted"),
        ("The talks between Norway and Sweden were hosted by Japan.", "talks NOR+SWE asserted"),
        ("Japan hailed a treaty by Norway and Sweden.", "agreement NOR+SWE asserted"),
    ],
)
def test_who_comments_is_no_party(text: str, facts: str) -> None:
    assert told(text) == {facts}


def test_a_member_is_not_the_organization() -> None:
    assert told("Norway signed pacts with two members of the European Union, Spain and Malta.") == {
        "agreement ESP+NOR asserted",
        "agreement MLT+NOR asserted",
    }


def test_an_armistice_of_theirs() -> None:
    assert told("Spain and Malta were tired, and their armistices with Cuba ended the war.") == {
        "agreement CUB+ESP asserted",
        "agreement CUB+MLT asserted",
    }


def test_what_the_two_sides_are() -> None:
    assert told("The two sides signed an agreement.", mentioned=("JPN", "NOR")) == {
        "agreement JPN+NOR asserted"
    }
    assert told("Japan's envoy came to Oslo, Norway, and the two sides held talks.") == {
        "talks JPN+NOR asserted"
    }
    assert told("The two sides signed an agreement.") == set()


def test_pronouns() -> None:
    assert told("Norwegian officials said that they had met Swedish envoys.") == {"talks NOR+SWE asserted"}
    assert told("The deal with Hamas was brokered by Egypt and Qatar.") == set()
    assert told("Japan sent an envoy, and it signed a pact with Norway.") == {"agreement JPN+NOR asserted"}


def test_somebody_whose_country_is_the_only_other_one() -> None:
    [candidate] = read("The Japanese minister met Queen Matilda in Norway.")
    assert {party.actor for party in candidate.parties} == {"JPN", "NOR"}
    assert candidate.confidence < 0.5


def test_people_stand_for_whom_they_represent_on_that_day() -> None:
    assert told("Jens Stoltenberg met the Japanese minister.", "2009-05") == {"talks JPN+NOR asserted"}
    assert told("Jens Stoltenberg met the Japanese minister.", "2017-01") == {"talks JPN+NATO asserted"}
    assert told("President Obama met the Japanese minister.", "2012") == {"talks JPN+USA asserted"}
    assert told("In 1955 Nasser met Nehru.") == {"talks EGY+IND asserted"}
    assert told("Abdul Karim met the Japanese minister.") == set()
    assert told("Enoch Powell met the Japanese minister.") == set()


def test_countries_are_those_of_the_day() -> None:
    assert told("In 1961 Germany signed a treaty with Prague.") == {"agreement COW-GFR+CSK asserted"}
    assert told("Germany signed a treaty with Prague.", "2011") == {"agreement CZE+DEU asserted"}
    assert told("The Soviet Union signed a treaty with Finland.") == {"agreement FIN+RUS asserted"}


def test_names_written_small_are_peoples() -> None:
    assert told("Then kishida fumio met the French minister.", "2017") == {"talks FRA+JPN asserted"}
    assert told("They asked us and turkey farmers of Norway to meet.") == set()


def test_a_guest_of_nobody_known_makes_no_meeting_of_hosts() -> None:
    assert told("The envoy flew to Spain and Peru.") == set()


def test_a_user_adds_people() -> None:
    text = "Ola Nordmann met the Japanese minister."
    sentence = Sentence(text, Span(0, len(text)), "2030")
    [found] = reader(names=Names([("Ola Nordmann", "NOR", "2029/2031")]))([sentence])
    assert [party.actor for party in found[0].parties] == ["NOR", "JPN"]


def test_the_words_are_in_the_sentence() -> None:
    text = "On 3 March 2014 the Japanese minister--not for the first time--visited Oslo/Norway."
    [candidate] = read(text)
    words = [text[party.span.start : party.span.end] for party in candidate.parties if party.span]
    assert words[0] == "Japanese" and words[1] in ("Oslo", "Norway")
    assert candidate.date is not None
    assert text[candidate.date.start : candidate.date.end] == "3 March 2014"
    assert text[candidate.predicate.start : candidate.predicate.end] == "visited"
    assert text[candidate.span.start : candidate.span.end].startswith("Japanese minister--not")


def test_roles_types_status_and_circumstances() -> None:
    [visit] = read("Japanese Foreign Minister Taro Kono visited Norway on 5 May 2018.")
    assert [(party.actor, party.role) for party in visit.parties] == [("JPN", "guest"), ("NOR", "host")]
    assert visit.types == ("ministerial", "visit")
    assert visit.status == "held"
    assert visit.people == ("Taro Kono",)
    [pact] = read("Japan and Norway signed a defence pact in Oslo.")
    assert (pact.status, pact.types, pact.location) == ("signed", ("defence",), "Oslo")
    [drill] = read("Japan will hold a joint naval exercise with Norway in June.")
    assert (drill.status, drill.types) == ("planned", ("sea",))


@pytest.mark.parametrize(
    "text",
    [
        "If Spain and Peru conclude a defence pact, Norway may protest.",
        "Should Spain and Peru sign a treaty, Norway will follow.",
        "Spain and Peru could sign a treaty, analysts say.",
        "Spain might hold talks with Peru.",
        "Analysts doubt whether Spain and Peru signed a treaty.",
        "According to rumours, Spain and Peru signed a treaty.",
    ],
)
def test_what_is_only_supposed_is_told_as_such(text: str) -> None:
    [candidate] = read(text)
    assert candidate.supposed


@pytest.mark.parametrize(
    ("text", "status", "date"),
    [
        ("Spain and Peru ended their defence treaty on 1 March 2020.", "ended", "1 March 2020"),
        ("The defence treaty between Spain and Peru was terminated in 2020.", "ended", "2020"),
        ("The treaty between Spain and Peru ended the war in 1929.", "agreed", "1929"),
        ("Spain ratified its treaty with Peru on 1 March 2020.", "signed", ""),
        ("According to the minister, Spain and Peru signed a treaty in 2020.", "signed", "2020"),
    ],
)
def test_what_is_done_to_an_agreement_is_its_step(text: str, status: str, date: str) -> None:
    [candidate] = read(text)
    told = text[candidate.date.start : candidate.date.end] if candidate.date else ""
    assert (candidate.status, told.removeprefix("in ").removeprefix("on "), candidate.supposed) == (
        status,
        date,
        False,
    )


def test_every_word_of_the_vocabulary_is_the_models() -> None:
    texts = [
        "Japan and Norway cancelled their joint exercise.",
        "Japan ratified its treaty with Norway.",
        "Japan began talks with Norway.",
        "Japan suspended its treaty with Norway.",
        "Japan is negotiating a treaty with Norway.",
    ]
    for text in texts:
        for candidate in read(text):
            kind = kinds()[candidate.kind]
            assert candidate.status in kind.steps, text
            assert set(candidate.types) <= set(kind.types), text
            assert {party.role for party in candidate.parties} <= set(kind.roles), text


def test_many_sentences_keep_their_order() -> None:
    texts = ["Japan met Norway.", "", "It rained.", "Spain signed a treaty with Peru."]
    found = list(own_reader()([Sentence(text, Span(0, len(text))) for text in texts]))
    assert [len(each) for each in found] == [1, 0, 0, 1]


def test_text_that_is_no_english_gives_nothing() -> None:
    for text in ("日本和挪威举行了会谈。", "عقدت اليابان والنرويج محادثات.", "\x00\x01\x02 %%% 12"):
        assert told(text) == set()


def test_the_example_of_the_docs_runs() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reading-language.md").read_text(encoding="utf-8")
    code = "\n".join(line[4:] for line in page.splitlines() if line.startswith("    "))
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_too_long_for_a_sentence_is_not_read() -> None:
    assert read("Japan met Norway. " * 100_000) == []


def test_a_model_that_is_not_there_is_named_with_its_remedy() -> None:
    with pytest.raises(InputError, match=r"'no_such_model'.*pip install 'comity\[reader\]'"):
        reader("no_such_model")
