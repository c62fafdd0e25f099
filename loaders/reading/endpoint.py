"""A reader that asks a language model, behind any endpoint that speaks the chat-completions protocol of OpenAI.

The model sees numbered sentences and answers in JSON of a fixed form. Nothing is taken on its word: what breaks the form is refused, and
the words that are said to state a relation, name its parties and date it are looked up in the sentence.
"""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from comity.graph.errors import InputError, ReaderUnavailable
from comity.graph.kinds import kind_of
from comity.loaders.reading.candidate import Assertion, Candidate, Participant, Reader, Sentence, Span
from comity.loaders.reading.draft import KINDS
from comity.loaders.reading.readers import Options

BATCH = 20
"""Sentences in one request: enough that "the two sides" can be understood, few enough for a small model."""

TIMEOUT = 120
"""Seconds that one answer may take."""

LARGEST = 2_000_000
"""Bytes of one answer, at most."""

ATTEMPTS = 3
"""How often a request is sent while the endpoint is busy or fails for the moment."""

CONFIDENCE = 0.6
"""Of what a model reads: it does not know how sure it is."""

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 20.0


def reader(options: Options) -> Reader:
    """The reader that asks the model at the endpoint; `InputError` where one of the two is missing."""
    try:
        address = urlsplit(options.endpoint)
        sound = address.scheme in ("http", "https") and address.port != 0
        (address.hostname or "").encode("idna")
    except (
        ValueError,
        UnicodeError,
    ):  # a port that is no number, a bracket that is not closed, a host name too long
        sound = False
    if not sound or not address.hostname or not re.fullmatch(r"[!-~]+", options.endpoint):
        raise InputError(
            "a language model is reached at an address such as http://localhost:8000/v1: name it with --endpoint"
        )
    if "?" in options.endpoint or "#" in options.endpoint:
        raise InputError(
            "leave what follows ? or # out of the endpoint's address: it ends before /chat/completions"
        )
    if address.username or address.password:
        raise InputError(
            "leave user and password out of the endpoint's address; the key is taken from COMITY_LLM_KEY"
        )
    options = replace(options, key=options.key.strip())
    if not re.fullmatch(r"[!-~]*", options.key):
        raise InputError("the key in COMITY_LLM_KEY holds blanks or signs that no key has; write it again")
    if not options.model:
        raise InputError("name the model that the endpoint serves with --llm-model")

    def read(sentences: Sequence[Sentence]) -> Iterator[Sequence[Candidate]]:
        for start in range(0, len(sentences), BATCH):
            batch = sentences[start : start + BATCH]
            yield from _candidates(_facts(_asked(batch, options)), batch, f"llm:{options.model}")

    return read


def _asked(batch: Sequence[Sentence], options: Options) -> str:
    """What the model answers to these sentences."""
    numbered = "\n".join(f"{number}. {_flat(sentence)}" for number, sentence in enumerate(batch, 1))
    dated = f"The document is dated {batch[0].document_date}.\n" if batch[0].document_date else ""
    body = {
        "model": options.model,
        "temperature": 0,
        "messages": [{"role": "system", "content": _task()}, {"role": "user", "content": dated + numbered}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "facts", "strict": True, "schema": schema()},
        },
    }
    answer = _posted(options.endpoint.rstrip("/") + "/chat/completions", body, options.key)
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise ReaderUnavailable(
            f"{options.endpoint} answers, but not as the chat-completions protocol has it"
        ) from None
    if not isinstance(content, str):
        raise ReaderUnavailable(f"the model {options.model} gave no text (it may have refused)")
    return content


def _posted(address: str, body: Mapping[str, Any], key: str) -> Any:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _OPENER.open(request, timeout=TIMEOUT) as response:
                content = _content(response)
        except urllib.error.HTTPError as error:
            if error.code in _BUSY and attempt < ATTEMPTS:
                time.sleep(_wait(error.headers.get("Retry-After"), attempt))
                continue
            raise ReaderUnavailable(_told(address, error, key)) from None
        except TimeoutError:
            raise ReaderUnavailable(f"{address} gave no answer within {TIMEOUT} seconds") from None
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            told = _quoted(str(reason), key)
            raise ReaderUnavailable(f"{address} cannot be reached ({told}); check --endpoint") from None
        if content is None:
            raise ReaderUnavailable(f"{address} answers with more than {LARGEST:,} bytes")
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise ReaderUnavailable(f"{address} answers, but not in JSON") from None
    raise AssertionError("the last attempt answers or raises")


def _content(response: HTTPResponse) -> bytes | None:
    """What is answered; None where it is too much, `TimeoutError` where it trickles in for too long."""
    content, end = b"", time.monotonic() + TIMEOUT
    while part := response.read1(65_536):
        content += part
        if len(content) > LARGEST:
            return None
        if time.monotonic() > end:
            raise TimeoutError
    return content


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A key is for the address that was named, and for no other."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def _wait(asked: str | None, attempt: int) -> float:
    """Seconds before the next attempt: what the endpoint asks for, within reason."""
    try:
        return min(max(float(asked or 2 ** (attempt - 1)), 0.0), _LONGEST_WAIT)
    except ValueError:
        return float(attempt)


def _quoted(said: str, key: str) -> str:
    """The endpoint's own words, on one line and not too many, without control characters and without the key."""
    shown = said.replace(key, "***") if key else said
    return "".join(sign for sign in " ".join(shown.split())[:300] if sign.isprintable())


def _told(address: str, error: urllib.error.HTTPError, key: str) -> str:
    """What an endpoint's refusal means, with its own words where it has some."""
    try:
        said = json.loads(error.read(10_000))["error"]["message"]
    except (ValueError, KeyError, TypeError, OSError, HTTPException, RecursionError):
        said = error.reason
    remedy = {
        401: "; set the key in COMITY_LLM_KEY",
        403: "; the key in COMITY_LLM_KEY does not allow it",
        404: "; check --endpoint (it ends before /chat/completions) and --llm-model",
        429: "; it is busy, or the key's allowance is used up: try again later",
    }
    return f"{address} refuses ({error.code}: {_quoted(str(said), key)}){remedy.get(error.code, '')}"


def _facts(content: str) -> Sequence[Mapping[str, Any]]:
    """The relations in the model's answer, each checked against the form; those that break it are left out."""
    text = content.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        raise ReaderUnavailable(
            "the model does not answer in JSON; use one that can follow a JSON schema"
        ) from None
    found = answer.get("facts") if isinstance(answer, dict) else None
    if not isinstance(found, list):
        raise ReaderUnavailable(
            "the model's answer has no list 'facts'; use one that can follow a JSON schema"
        )
    return [fact for fact in found if _well_formed(fact)]


def _well_formed(fact: Any) -> bool:
    if not isinstance(fact, dict) or any(
        not isinstance(fact.get(name), kind) for name, kind in _FIELDS.items()
    ):
        return False
    if fact["kind"] not in KINDS or fact["assertion"] not in list(Assertion):
        return False
    return fact["status"] in kind_of(fact["kind"]).steps and all(
        isinstance(party, dict)
        and isinstance(party.get("words"), str)
        and isinstance(party.get("actor"), str)
        for party in fact["parties"]
    )


def _candidates(
    facts: Sequence[Mapping[str, Any]], batch: Sequence[Sentence], method: str
) -> Iterator[Sequence[Candidate]]:
    for number, sentence in enumerate(batch, 1):
        yield [_candidate(fact, _flat(sentence), method) for fact in facts if fact["sentence"] == number]


def _candidate(fact: Mapping[str, Any], text: str, method: str) -> Candidate:
    """The relation with its words looked up in the sentence; who takes it drops it where they are not there."""
    kind, words = kind_of(fact["kind"]), _found(fact["words"], text)
    return Candidate(
        kind=kind.name,
        parties=tuple(
            Participant(party["actor"], kind.default_role, _found(party["words"], text))
            for party in fact["parties"]
        ),
        status=fact["status"],
        assertion=Assertion(fact["assertion"]),
        span=words,
        predicate=words,
        types=tuple(dict.fromkeys(name for name in fact["types"] if name in kind.types)),
        date=_found(fact["date"], text) if fact["date"] else None,
        method=method,
        confidence=CONFIDENCE,
    )


def _found(words: str, text: str) -> Span:
    """Where the words stand; an empty span where they do not."""
    start = text.find(words) if words.strip() else -1
    return Span(0, 0) if start < 0 else Span(start, start + len(words))


def _flat(sentence: Sentence) -> str:
    """The sentence on one line, character by character, so that places in it stay."""
    return re.sub(r"\s", " ", sentence.text)


_FIELDS: Mapping[str, type] = {
    "sentence": int, "kind": str, "types": list, "parties": list, "status": str, "assertion": str, "words": str, "date": str,
}  # fmt: skip


def schema() -> dict[str, Any]:
    """The JSON Schema of an answer."""
    text = {"type": "string"}
    types = sorted({name for kind in KINDS for name in kind_of(kind).types})
    steps = list(dict.fromkeys(name for kind in KINDS for name in kind_of(kind).steps))
    party = _object({"words": text, "actor": text})
    fact = _object(
        {
            "sentence": {"type": "integer"},
            "kind": {"enum": list(KINDS)},
            "types": {"type": "array", "items": {"enum": types}},
            "parties": {"type": "array", "items": party},
            "status": {"enum": steps},
            "assertion": {"enum": [str(each) for each in Assertion]},
            "words": text,
            "date": text,
        }
    )
    return _object({"facts": {"type": "array", "items": fact}})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _task() -> str:
    """What the model is asked to do, with the vocabulary of the kinds."""
    vocabulary = "\n".join(
        f"- {name}: {kind_of(name).about} Types: {_listed(kind_of(name).types)}. Steps: "
        + _listed({step.name: step.about for step in kind_of(name).steps.values()})
        for name in KINDS
    )
    return f"""\
You read numbered sentences of a document and list the relations between states or international organizations that they state.
Kinds, with their types and steps of status:
{vocabulary}
For each relation give the number of the sentence, the kind, its types, the parties, the status that the sentence tells of, and
- assertion: asserted (the text says that it is or was), proposed (planned, offered, asked for) or negated (the text denies it);
- words: the words that state it, copied from that sentence without any change;
- parties: at least two; of each the words that name or stand for it, copied from that sentence, and the actor: the ISO 3166-1 alpha-3
  code of the country, or the usual abbreviation of the organization;
- date: the words that date it, copied from that sentence, or an empty text.
Hopes, general remarks and relations that are merely mentioned are none. Where there is none, answer with an empty list."""


def _listed(words: Mapping[str, str]) -> str:
    return "; ".join(f"{word} ({about})" for word, about in words.items())
