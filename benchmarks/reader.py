"""What the reader of prose gets right, and what it costs, on published labelled sentences.

Scored are (sentence, kind, pair of countries) by micro precision, recall and F1, on the sentences whose parties are all named and on
all without facts; what is asserted and what is proposed count together, as the labels count requests and offers too. The peer, in the
same run, pairs all countries named beside a cue word. All these sentences were at hand while rules were made, so the figures are
an upper bound for new text; how far they differ among eighths of the sentences (by a hash of their ids), and the range in which F1
falls for 90 of 100 samples drawn from the sentences with replacement, tell how much chance is in them.

So are two sets of our own, written by somebody who had not seen the rules (tests/loaders/reading/blind_*.jsonl); rules were then
mended by what the first showed, and the second was only counted.

Two whole articles are read besides (tests/loaders/reading/gold): relations found with parties, status and date.

The labels know one Germany, one Yugoslavia and so on; what comity tells apart by date is made one here, on both sides.

    python -m benchmarks.reader
"""

import hashlib
import itertools
import json
import os
import random
import re
import resource
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import report
from comity.graph.crosswalk import crosswalk
from comity.loaders.reading.candidate import Assertion, Reader, Sentence, Span
from comity.loaders.reading.document import read_document
from comity.loaders.reading.language import days_of, reader
from comity.loaders.reading.naming import Form, bundled
from comity.loaders.reading.texts import read_text
from tests.loaders.reading.gold import ATLANTIC, FOLDER, MISSION

_SAME = {
    "COW-GFR": "DEU",
    "DDR": "DEU",
    "COW-YAR": "YEM",
    "YMD": "YEM",
    "COW-RVN": "VNM",
    "COW-AUH": "AUT",
    "SRB": "YUG",
}
# The strongest of the simple ways that were tried: names and adjectives, at most four countries, words that mean little else.
_CUES = {
    "agreement": r"\b(?:signed|signing|treat(?:y|ies)|pacts?|agreements?|accords?|protocols?|alliances?|armistice|truce)\b",
    "talks": r"\b(?:talks|met|negotiations?|visit(?:ed|s)?|conferred|consultations?|summit|conversations?)\b",
    "drill": r"\b(?:exercises?|drills?|manoeuvres?|maneuvers?|war games)\b",
}
_AT_MOST = 4
_BLIND = FOLDER.parent
BLIND = ("blind_used", "blind_kept")
_PARTS = 8
_SAMPLES = 1000
Facts = set[tuple[str, str, str, str]]


def main() -> None:
    """Measure and print."""
    file = Path(os.environ["COMITY_DATA"]) / "gold" / "sentences.jsonl"
    gold = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    gold = [row for row in gold if row["named"] or not row["facts"]]
    sentences = [Sentence(row["text"], Span(0, len(row["text"]))) for row in gold]
    begun = time.perf_counter()
    read = reader()
    report("reader_start_seconds", time.perf_counter() - begun, "s", "loading the model and the names")
    begun, worked = time.perf_counter(), time.process_time()
    found = [tuple(candidates) for candidates in read(sentences)]
    taken, worked = time.perf_counter() - begun, time.process_time() - worked
    report("reader_sentences_per_second", len(sentences) / taken, "1/s", f"{len(sentences)} sentences")
    report("reader_processor_seconds_per_thousand", 1000 * worked / len(sentences), "s", "all cores together")
    report(
        "reader_memory_peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", "this process"
    )
    labels = _labelled(gold)
    stated = _pairs(gold, (_facts(each, (Assertion.ASSERTED, Assertion.PROPOSED)) for each in found))
    asserted = _pairs(gold, (_facts(each, (Assertion.ASSERTED,)) for each in found))
    cues = _pairs(gold, (_beside_cues(sentence) for sentence in sentences))
    everything = {row["id"] for row in gold}
    ours, theirs = _scored(labels, stated, everything), _scored(labels, cues, everything)
    for name, value in zip(("precision", "recall", "f1"), ours, strict=True):
        report(f"reader_{name}", value, "share", f"{len(gold)} sentences, {len(labels)} pairs")
    low, high = _range(labels, stated, sorted(everything))
    report("reader_f1_low", low, "share", "below it 5 of 100 samples")
    report("reader_f1_high", high, "share", "above it 5 of 100 samples")
    report("reader_f1_of_cue_words", theirs[2], "share", "the peer")
    report("reader_f1_ratio_to_cue_words", ours[2] / theirs[2], "ratio", "all sentences")
    report("reader_precision_of_asserted", _scored(labels, asserted, everything)[0], "share", "all sentences")
    countries = {fact for fact in stated if _is_country(fact[2]) and _is_country(fact[3])}
    report("reader_f1_between_countries", _scored(labels, countries, everything)[2], "share", "all sentences")
    for part in range(_PARTS):
        ids = {id for id in everything if _part(id) == part}
        scores = _scored(labels, stated, ids)
        of = f"part {part + 1}: precision {scores[0]:.3f}, recall {scores[1]:.3f}, of asserted {_scored(labels, asserted, ids)[0]:.3f}"
        report("reader_f1_of_part", scores[2], "share", of)
    for kind in ("agreement", "talks", "drill"):
        scores = _scored(_of_kind(labels, kind), _of_kind(stated, kind), everything)
        report(f"reader_f1_of_{kind}", scores[2], "share", "precision {:.3f}, recall {:.3f}".format(*scores))
    for name in BLIND:
        scores = blind_scores(name, read)
        report(
            "reader_f1_of_blind",
            scores[2],
            "share",
            f"{name}: precision {scores[0]:.3f}, recall {scores[1]:.3f}",
        )
    _articles(Path(os.environ["COMITY_DATA"]) / "mission" / "article.txt")
    for source in sorted({row["source"] for row in gold}):
        scores = _scored(labels, stated, {row["id"] for row in gold if row["source"] == source})
        report(
            "reader_f1_of_source",
            scores[2],
            "share",
            f"{source}: precision {scores[0]:.3f}, recall {scores[1]:.3f}",
        )


def blind_scores(name: str, read: Reader) -> tuple[float, float, float]:
    """Precision, recall and F1 in one of the sets that were written by somebody who had not seen the rules."""
    rows = [json.loads(line) for line in (_BLIND / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    found = read([Sentence(row["text"], Span(0, len(row["text"]))) for row in rows])
    stated = _pairs(rows, (_facts(each, (Assertion.ASSERTED, Assertion.PROPOSED)) for each in found))
    return _scored(_labelled(rows), stated, {row["id"] for row in rows})


def _labelled(rows: Iterable[Mapping[str, Any]]) -> Facts:
    rows = list(rows)
    return _pairs(rows, ([(fact["kind"], fact["parties"]) for fact in row["facts"]] for row in rows))


def _articles(file: Path) -> None:
    """How many relations of two whole articles are found, and what is found besides."""
    for name, article, golds in (("2017", file, MISSION), ("invented", FOLDER / "atlantic.txt", ATLANTIC)):
        draft = read_document(read_text(str(article)), reader())
        found = sum(any(gold.found_in(fact) for fact in draft.facts) for gold in golds)
        besides = sum(not any(gold.found_in(fact) for gold in golds) for fact in draft.facts)
        report(
            "reader_article_found",
            found,
            "relations",
            f"{name}: of {len(golds)}, and {besides} facts besides",
        )


def _part(id: str) -> int:
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % _PARTS


def _range(labels: Facts, found: Facts, ids: Sequence[str]) -> tuple[float, float]:
    """Where F1 falls for 90 of 100 samples of the sentences, as many as there are, drawn with replacement."""
    counts = {id: [0, 0, 0] for id in ids}
    for facts, place in ((labels & found, 0), (found, 1), (labels, 2)):
        for fact in facts:
            counts[fact[0]][place] += 1
    draw = random.Random(9)
    scores = []
    for _ in range(_SAMPLES):
        right, given, wanted = map(
            sum, zip(*(counts[id] for id in draw.choices(ids, k=len(ids))), strict=True)
        )
        scores.append(2 * right / max(given + wanted, 1))
    scores.sort()
    return scores[_SAMPLES // 20], scores[-1 - _SAMPLES // 20]


def _facts(candidates: Sequence[Any], wanted: Sequence[Assertion]) -> list[tuple[str, list[str]]]:
    return [
        (each.kind, [party.actor for party in each.parties])
        for each in candidates
        if each.assertion in wanted and not each.supposed
    ]


def _beside_cues(sentence: Sentence) -> list[tuple[str, set[str]]]:
    countries = {
        mention.actor
        for mention in bundled().mentions(sentence.text, days_of(sentence))
        if mention.form in (Form.NAME, Form.ADJECTIVE) and _is_country(mention.actor)
    }
    if len(countries) > _AT_MOST:
        return []
    return [(kind, countries) for kind, cue in _CUES.items() if re.search(cue, sentence.text, re.IGNORECASE)]


def _is_country(actor: str) -> bool:
    return actor in _SAME.values() or actor not in crosswalk() or crosswalk().actor(actor).label == "Country"


def _pairs(gold: Iterable[Mapping[str, Any]], facts: Iterable[Iterable[tuple[str, Iterable[str]]]]) -> Facts:
    def found() -> Iterator[tuple[str, str, str, str]]:
        for row, each in zip(gold, facts, strict=True):
            for kind, parties in each:
                known = sorted({_SAME.get(party, party) for party in parties})
                for left, right in itertools.combinations(known, 2):
                    yield row["id"], kind, left, right

    return set(found())


def _of_kind(facts: Facts, kind: str) -> Facts:
    return {fact for fact in facts if fact[1] == kind}


def _scored(labels: Facts, found: Facts, ids: set[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 in the sentences with these ids."""
    wanted = {fact for fact in labels if fact[0] in ids}
    given = {fact for fact in found if fact[0] in ids}
    right = len(wanted & given)
    precision, recall = right / max(len(given), 1), right / max(len(wanted), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


if __name__ == "__main__":
    main()
