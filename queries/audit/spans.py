"""Rules about spans: whether the words that statements rest on still stand where they are said to stand."""

from collections import defaultdict
from collections.abc import Iterator

from comity.graph.model import Statement
from comity.queries.audit.findings import Fault, Looked
from comity.queries.audit.holding import Holding
from comity.queries.texts import hash_of


def uncheckable_spans(held: Holding) -> Looked:
    """Statements with a span that no text can ever be compared with."""

    def faults() -> Iterator[Fault]:
        for id, statement in spans.items():
            place = statement.place
            missing = [
                what
                for what, there in (
                    ("its beginning", place.start is not None),
                    ("its end", place.end is not None),
                    ("the hash of its words", place.sha256),
                    (f"the sha256 of {statement.source}", _sha256(held, statement)),
                )
                if not there
            ]
            if missing:
                wrong, remedy = f"its span cannot be checked, as {' and '.join(missing)} is missing", "add it"
            elif not 0 <= (place.start or 0) < (place.end or 0):
                wrong, remedy = f"its span {place.start}–{place.end} holds no words", "correct it"
            else:
                continue
            yield _fault(id, statement, f"{wrong}; {remedy}")

    spans = _spans(held)
    return Looked(len(spans), tuple(faults()))


def missing_texts(held: Holding) -> Looked:
    """Sources with spans of which no text is in the folder; without a folder none is checked."""
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for id, statement in _checkable(held).items():
        by_source[statement.source].append(id)
    if held.texts is None:
        return Looked(0, (), len(by_source))
    faults = []
    for source, ids in sorted(by_source.items()):
        sha256 = str(held.sources[source]["sha256"])
        if sha256 not in held.texts:
            faults.append(
                Fault(
                    f"source {source}",
                    f"source {source}: no file in the folder has its sha256 {sha256[:12]}…, so {len(ids)} spans are not "
                    "checked; put the very text there that was read",
                    tuple(f"statement {id}" for id in ids),
                )
            )
    return Looked(len(by_source), tuple(faults))


def spans_that_differ(held: Holding) -> Looked:
    """Statements whose span in the text has other words than those that were read; unchecked where the text is not at hand."""
    checkable, texts = _checkable(held), held.texts or {}
    checked, faults = 0, []
    for id, statement in checkable.items():
        text = texts.get(_sha256(held, statement))
        if text is None:
            continue
        checked += 1
        words = text[statement.place.start : statement.place.end]
        if (statement.place.end or 0) > len(text):
            wrong = (
                f"its span ends at {statement.place.end}, and the text of {statement.source} at {len(text)}"
            )
        elif hash_of(words) != statement.place.sha256:
            wrong = f"the words at {statement.place.start}–{statement.place.end} of {statement.source} have another hash"
        else:
            continue
        faults.append(
            _fault(id, statement, f"{wrong}; find the words again, and correct the span and its hash")
        )
    return Looked(checked, tuple(faults), len(checkable) - checked)


def words_that_differ(held: Holding) -> Looked:
    """Statements that carry words of which the hash, or the span's length, is not theirs."""
    carrying = {
        id: statement
        for id, statement in held.statements.items()
        if statement.words and statement.place.sha256
    }
    faults = []
    for id, statement in carrying.items():
        place, words = statement.place, statement.words
        length = None if place.start is None or place.end is None else place.end - place.start
        if hash_of(words) != place.sha256 or length not in (None, len(words)):
            said = f"the words it carries are not those whose hash it gives, or not as long as its span; correct {place}"
            faults.append(_fault(id, statement, said))
    return Looked(len(carrying), tuple(faults))


def _spans(held: Holding) -> dict[str, Statement]:
    """The statements that say where in a text they stand."""
    return {
        id: statement
        for id, statement in held.statements.items()
        if statement.place.start is not None or statement.place.end is not None
    }


def _checkable(held: Holding) -> dict[str, Statement]:
    """The statements with a whole span and both hashes."""
    return {
        id: statement
        for id, statement in _spans(held).items()
        if statement.place.sha256
        and _sha256(held, statement)
        and 0 <= (-1 if statement.place.start is None else statement.place.start) < (statement.place.end or 0)
    }


def _fault(id: str, statement: Statement, wrong: str) -> Fault:
    related = (f"source {statement.source}", f"fact {statement.fact}")
    return Fault(f"statement {id}", f"statement {id}: {wrong}", related)


def _sha256(held: Holding, statement: Statement) -> str:
    """The hash of the text that the statement's span counts in; empty where nobody tells."""
    return str(held.sources.get(statement.source, {}).get("sha256") or "")
