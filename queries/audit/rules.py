"""All rules of the audit, and the audit itself."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from comity.graph.errors import UnknownName
from comity.graph.stores.base import Store
from comity.graph.stores.steady import read_steadily
from comity.queries.audit import accounts, actors, curation, derived, evidence, lives, sources, spans
from comity.queries.audit.findings import LEVELS, Audit, Finding, Looked, Rule
from comity.queries.audit.holding import Holding

_ANEW = "Have the collection made anew: `comity retract`, then `comity restore`."

_RULES = (
    Rule(
        "fact-without-statement", "error",
        "A fact is stored that no live statement of a source gives.",
        "Nobody says so, yet it is counted, drawn and ranked.",
        f"{_ANEW} What then remains was written past comity.",
        "facts", evidence.facts_without_statement,
    ),
    Rule(
        "statement-about-nothing", "error",
        "A live statement has no edge to the fact that it is about.",
        "What a source says is missing from every answer.",
        _ANEW,
        "statements", evidence.statements_about_nothing,
    ),
    Rule(
        "statement-without-source", "error",
        "A live statement has no edge to its source, or its source is missing or retracted.",
        "The chain from a number to who says so ends there.",
        "Restore or load the source, or retract the statement; a decision is withdrawn.",
        "statements", evidence.statements_without_source,
    ),
    Rule(
        "record-differs", "error",
        "A statement or judgement cannot be read, or is not what its id was made of.",
        "An id hashes what is said: where they differ, the record was changed afterwards.",
        "Bring back a copy of the store, or load its sources into a new one.",
        "statements and judgements", evidence.records_that_differ,
    ),
    Rule(
        "record-time-broken", "error",
        "A statement, judgement, source or own actor has spans of record time that overlap, are in disorder, or deny that it is live.",
        "What was known on a day is then answered wrongly.",
        "Bring back a copy of the store, or load its sources into a new one.",
        "records with a life", evidence.broken_lives,
    ),
    Rule(
        "description-differs", "error",
        "The digest of a source, or of an actor that one collection brought along, is not that of its description.",
        "Title, licence or address were changed past the record, and the revision does not show it.",
        "Retract the collection and load it again.",
        "sources and actors", derived.descriptions_that_differ,
    ),
    Rule(
        "words-without-licence", "error",
        "A statement carries a source's own words, but the source's licence is missing or not one that lets them be passed on.",
        "The words would be published without leave with every export, map and answer.",
        "Leave the words away (span and hash may stay), or write down the licence that allows them.",
        "statements with words", sources.words_without_licence,
    ),
    Rule(
        "words-differ", "error",
        "A statement carries words that have another hash, or another length, than the place it gives.",
        "Either the words or the place is wrong.",
        "Copy the words again, with their span and hash.",
        "statements with words", spans.words_that_differ,
    ),
    Rule(
        "span-differs", "error",
        "The words at a statement's span in the text (`--texts`) have another hash.",
        "The statement no longer rests on what it was read from.",
        "Find the words again, and correct the span and its hash.",
        "spans", spans.spans_that_differ,
    ),
    Rule(
        "fact-differs", "error",
        "A fact is stored otherwise than its live statements give it, or with other evidence.",
        "Cypher and Python would answer the same question differently.",
        _ANEW,
        "facts", derived.facts_that_differ,
    ),
    Rule(
        "parties-differ", "error",
        "A fact's parties are stored otherwise than its live statements give them.",
        "Cypher and Python would answer the same question differently.",
        _ANEW,
        "facts", derived.parties_that_differ,
    ),
    Rule(
        "ties-differ", "error",
        "A fact's ties are stored otherwise than the rule every-pair makes them, or name a fact that is not there.",
        "Cypher and Python would answer the same question differently.",
        _ANEW,
        "facts", derived.ties_that_differ,
    ),
    Rule(
        "revision-differs", "error",
        "The store's revision is not that of its live statements, judgements, sources and own actors.",
        "Equal revisions would no longer mean equal content.",
        "Load the sources into a new store.",
        "stores", derived.revision_that_differs,
    ),
    Rule(
        "code-of-another", "error",
        "An actor has a code that belongs, at any time, only to others.",
        "Whoever asks by that code gets another actor than whoever reads the node.",
        "Take the code away, or use the id of the actor that is meant.",
        "codes", actors.codes_of_others,
    ),
    Rule(
        "judgements-contradict", "error",
        "Judgements say of two facts that they are the same and different, alone or by way of others, or join facts of different kinds.",
        "Which of them counts would depend on their order.",
        "Withdraw one of the judgements.",
        "judgements", curation.contradictory_judgements,
    ),
    Rule(
        "judgement-of-nothing", "warning",
        "A judgement is about a fact that no source states now.",
        "It has no effect until the fact is there again, and may then surprise.",
        "Load or restore the fact, or withdraw the judgement.",
        "judgements", curation.judgements_of_nothing,
    ),
    Rule(
        "decision-of-nothing", "warning",
        "A decision is about a fact that no source states now.",
        "It has no effect until the fact is there again, and may then surprise.",
        "Load or restore the fact, or withdraw the decision.",
        "decisions", curation.decisions_of_nothing,
    ),
    Rule(
        "text-missing", "warning",
        "No file in the folder of texts (`--texts`) has the sha256 of a source with spans.",
        "Its spans cannot be checked.",
        "Put the very text there that was read; its name does not matter.",
        "sources with spans", spans.missing_texts,
    ),
    Rule(
        "span-uncheckable", "warning",
        "A statement has a span that lacks an end, words, their hash or the sha256 of the source's text.",
        "Nobody will ever be able to check it.",
        "Add what is missing.",
        "spans", spans.uncheckable_spans,
    ),
    Rule(
        "code-outside-dates", "warning",
        "A party is named by an id that was the ISO 3166 code of others in all the time it takes part (DEU in 1960).",
        "Most likely the source means the state that had the code then.",
        "Write the id of the one that is meant.",
        "parties of facts in effect", actors.codes_outside_dates,
    ),
    Rule(
        "party-outside-life", "warning",
        "A party takes part in a fact in effect only while it did not exist, by any system of states.",
        "A state that is not there can have no tie; some data sets code dependencies so.",
        "Correct the dates, or name the state that is meant; leave it if the source means a dependency.",
        "parties of facts in effect", lives.parties_outside_life,
    ),
    Rule(
        "party-beyond-life", "note",
        "A party surely takes part in a fact before its first spell by any system of states, or after the last.",
        "The tie begins too early, or goes on with nobody at its end; treaties may pass to a successor.",
        "Give the fact or the party an end, and the successor its own part.",
        "parties of facts in effect", lives.parties_beyond_life,
    ),
    Rule(
        "steps-backwards", "warning",
        "A step of a fact's status surely came before one that must precede it (in force before signed).",
        "One of the dates is wrong, and the phases made of them are.",
        "Correct the date, or decide between the accounts.",
        "facts", accounts.steps_backwards,
    ),
    Rule(
        "source-untraceable", "warning",
        "A source has neither address nor citation, and no publisher and date to look for it by.",
        "Nobody can check what it says.",
        "Add a url or a citation.",
        "sources", sources.untraceable_sources,
    ),
    Rule(
        "source-without-address", "note",
        "A source has neither address nor citation, only title, publisher and date.",
        "Whoever wants to check what it says has to search.",
        "Add a url or a citation.",
        "sources", sources.sources_without_address,
    ),
    Rule(
        "source-unused", "note",
        "No live statement cites a source.",
        "It is counted and listed though nothing rests on it.",
        "Cite it, or take it out of its collection.",
        "sources", sources.unused_sources,
    ),
    Rule(
        "orphan-actor", "note",
        "An actor is a party to no fact.",
        "It is found by name, and nothing is known of it.",
        "Nothing, if its facts were retracted; else take it out of its collection or make it a party.",
        "actors", actors.orphan_actors,
    ),
    Rule(
        "unresolved-conflict", "note",
        "Sources disagree on a property of a fact, and no decision has settled it.",
        "Answers take in all accounts, and may be less certain than they could be.",
        "Choose a policy where you ask, or decide (`comity decide`).",
        "facts", accounts.unresolved_conflicts,
    ),
)  # fmt: skip

RULES: Mapping[str, Rule] = {rule.name: rule for rule in _RULES}
"""Every rule by its name, the graver first."""


def audit(
    store: Store, *, texts: Path | None = None, kinds: Sequence[str] = (), rules: Sequence[str] = ()
) -> Audit:
    """Look at what the store holds, by these rules (empty: all).

    `kinds` confine what is said of statements, facts, parties and ties to facts of these kinds; sources, actors, judgements and the
    revision are looked at as a whole. `texts` is a folder with the texts that spans count in: without it spans count as not checked.
    `UnknownName` lists the rules or kinds, `InputError` says that there is no folder.
    """
    for name in rules:
        if name not in RULES:
            raise UnknownName("rule", name, RULES)
    chosen = [rule for rule in RULES.values() if not rules or rule.name in rules]

    def look() -> dict[str, Looked]:
        held = Holding(store, kinds, texts)
        return {rule.name: rule.look(held) for rule in chosen}

    looked, revision = read_steadily(store, look)
    return _audit(chosen, looked, revision)


def _audit(rules: Sequence[Rule], looked: Mapping[str, Looked], revision: str) -> Audit:
    findings: dict[str, Finding] = {}
    for rule in rules:
        for fault in looked[rule.name].faults:
            finding = Finding.of(rule, fault)
            findings.setdefault(finding.id, finding)  # an actor that is a party twice is one finding
    ordered = sorted(
        findings.values(),
        key=lambda finding: (LEVELS.index(finding.level), _PLACE[finding.rule], finding.subject, finding.id),
    )
    return Audit(
        tuple(ordered),
        {rule.name: sum(finding.rule == rule.name for finding in ordered) for rule in rules},
        {rule.name: looked[rule.name].checked for rule in rules},
        {rule.name: looked[rule.name].unchecked for rule in rules},
        revision,
    )


_PLACE = {name: place for place, name in enumerate(RULES)}
