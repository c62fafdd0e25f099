"""The reader that asks a language model, against a server that speaks the protocol."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from comity.graph.errors import InputError, ReaderUnavailable
from comity.loaders.reading import endpoint as module
from comity.loaders.reading.candidate import Assertion, Candidate, Sentence, Span
from comity.loaders.reading.endpoint import BATCH, reader, schema
from comity.loaders.reading.readers import Options
from tests.loaders.reading.endpoint_server import Endpoint, serving

TEXT = "On 4 March 2031 Portugal\nand Norway signed a pact."
FACT = {
    "sentence": 1,
    "kind": "agreement",
    "types": ["defence", "defence", "sea"],
    "parties": [{"words": "Portugal", "actor": "PRT"}, {"words": "Norway", "actor": "NOR"}],
    "status": "signed",
    "assertion": "asserted",
    "words": "Portugal and Norway signed a pact",
    "date": "4 March 2031",
}


@pytest.fixture
def served() -> Iterator[Endpoint]:
    with serving() as endpoint:
        yield endpoint


def sentence(text: str = TEXT) -> Sentence:
    return Sentence(text, Span(0, len(text)), "2031-03")


def read(endpoint: Endpoint, *sentences: Sentence, key: str = "") -> list[list[Candidate]]:
    reads = reader(Options("small", endpoint.url, key))
    return [list(found) for found in reads(sentences or (sentence(),))]


def test_an_answer_becomes_candidates_with_their_places(served: Endpoint) -> None:
    served.says({"facts": [FACT]})
    [[found]] = read(served, key="secret")
    assert (found.kind, found.status, found.assertion) == ("agreement", "signed", Assertion.ASSERTED)
    assert [(party.actor, party.span) for party in found.parties] == [
        ("PRT", Span(16, 24)),
        ("NOR", Span(29, 35)),
    ]
    assert TEXT[found.span.start : found.span.end] == "Portugal\nand Norway signed a pact"
    assert found.date == Span(3, 15)
    assert found.types == ("defence",)
    assert found.method == "llm:small"
    assert served.keys == ["Bearer secret"]


def test_the_request_is_what_the_protocol_asks_for(served: Endpoint) -> None:
    served.says({"facts": []})
    assert read(served) == [[]]
    [asked] = served.asked
    assert asked["model"] == "small"
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert "dated 2031-03" in asked["messages"][1]["content"]
    assert "1. On 4 March 2031 Portugal and Norway" in asked["messages"][1]["content"]
    assert asked["response_format"]["json_schema"]["schema"] == schema()
    assert served.keys == [""]


def test_the_schema_takes_what_is_meant_and_nothing_else() -> None:
    told = {**FACT, "types": ["defence"]}
    jsonschema.validate({"facts": [told]}, schema())
    for wrong in ({**told, "kind": "war"}, {**told, "extra": 1}, {"kind": "drill"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"facts": [wrong]}, schema())


def test_words_that_are_not_in_the_sentence_have_an_empty_place(served: Endpoint) -> None:
    served.says({"facts": [{**FACT, "words": "Portugal attacked Norway"}]})
    [[found]] = read(served)
    assert found.span == Span(0, 0)


@pytest.mark.parametrize(
    "broken",
    [
        "a text",
        {**FACT, "kind": "war"},
        {**FACT, "status": "held"},
        {**FACT, "assertion": "hoped"},
        {**FACT, "parties": ["Portugal", "Norway"]},
        {**FACT, "words": None},
        {name: value for name, value in FACT.items() if name != "date"},
    ],
)
def test_a_relation_that_breaks_the_form_is_left_out(served: Endpoint, broken: Any) -> None:
    served.says({"facts": [broken, FACT]})
    [found] = read(served)
    assert len(found) == 1


def test_many_sentences_are_asked_in_batches_and_come_back_in_order(served: Endpoint) -> None:
    served.says({"facts": [{**FACT, "sentence": 2}]})
    served.says({"facts": [FACT]})
    found = read(served, *(sentence() for _ in range(BATCH + 1)))
    assert [len(each) for each in found] == [0, 1, *[0] * (BATCH - 2), 1]
    assert len(served.asked) == 2


def test_json_in_a_fence_is_read(served: Endpoint) -> None:
    served.says("```json\n" + json.dumps({"facts": [FACT]}) + "\n```")
    assert len(read(served)[0]) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [("Sure! Here are the facts.", "does not answer in JSON"), ({"relations": []}, "no list 'facts'")],
)
def test_an_answer_in_another_form_is_refused(served: Endpoint, content: Any, told: str) -> None:
    served.says(content)
    with pytest.raises(ReaderUnavailable, match=told):
        read(served)


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "set the key in COMITY_LLM_KEY"), (404, "check --endpoint"), (400, "no such model")],
)
def test_a_refusal_is_told_with_its_remedy_and_without_the_key(
    served: Endpoint, status: int, told: str
) -> None:
    served.fails(status, {"error": {"message": "no such model"}})
    with pytest.raises(ReaderUnavailable, match=told) as caught:
        read(served, key="secret")
    assert "secret" not in str(caught.value)


def test_an_endpoint_that_repeats_the_key_does_not_show_it(served: Endpoint) -> None:
    served.fails(401, {"error": {"message": "no such key: secret\x1b[31m\x07\u202e"}})
    with pytest.raises(ReaderUnavailable, match=r"no such key: \*\*\*\[31m") as caught:
        read(served, key="secret\n")
    assert "secret" not in str(caught.value)
    assert str(caught.value).isprintable()
    assert served.keys == ["Bearer secret"]


@pytest.mark.parametrize("status", [200, 400])
def test_json_that_is_nested_too_deeply_is_told(served: Endpoint, status: int) -> None:
    served.fails(status, b"[" * 9_000)
    with pytest.raises(ReaderUnavailable):
        read(served)
    served.answers.clear()
    served.says('{"facts": ' + "[" * 200_000)
    with pytest.raises(ReaderUnavailable, match="does not answer in JSON"):
        read(served)


def test_a_refusal_that_breaks_off_is_told(served: Endpoint) -> None:
    served.fails(400, b"5\r\nab", Transfer_Encoding="chunked")
    with pytest.raises(ReaderUnavailable, match="refuses"):
        read(served)


def test_a_busy_endpoint_is_asked_again(served: Endpoint) -> None:
    served.fails(503, Retry_After="0")
    served.says({"facts": [FACT]})
    assert len(read(served)[0]) == 1
    assert len(served.asked) == 2


def test_an_endpoint_that_stays_busy_is_given_up(served: Endpoint) -> None:
    served.fails(429, Retry_After="0")
    with pytest.raises(ReaderUnavailable, match="try again later"):
        read(served)
    assert len(served.asked) == module.ATTEMPTS


@pytest.mark.parametrize(
    ("body", "told"),
    [(b"<html>", "not in JSON"), ({"choices": []}, "not as the chat-completions protocol has it"),
     ({"choices": [{"message": {"content": None}}]}, "gave no text")],
)  # fmt: skip
def test_what_is_no_answer_is_told(served: Endpoint, body: Any, told: str) -> None:
    served.fails(200, body)
    with pytest.raises(ReaderUnavailable, match=told):
        read(served)


def test_a_redirect_does_not_carry_the_key_away(served: Endpoint) -> None:
    served.fails(302, Location="http://elsewhere.example/")
    with pytest.raises(ReaderUnavailable, match="302"):
        read(served, key="secret")


def test_an_answer_that_is_too_large_is_refused(served: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100)
    served.fails(200, b"x" * 1000)
    with pytest.raises(ReaderUnavailable, match="more than"):
        read(served)


@pytest.mark.parametrize("trickle", [0.02, 0.6])
def test_an_answer_that_does_not_come_is_given_up(
    served: Endpoint, monkeypatch: pytest.MonkeyPatch, trickle: float
) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    served.trickle = trickle
    served.fails(200, b"x" * 30)
    with pytest.raises(ReaderUnavailable, match="no answer within"):
        read(served)


def test_nobody_at_the_address_is_told() -> None:
    with pytest.raises(ReaderUnavailable, match="cannot be reached"):
        list(reader(Options("small", "http://127.0.0.1:9/v1"))([sentence()]))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (Options("small"), "name it with --endpoint"),
        (Options("small", "file:///etc/passwd"), "name it with --endpoint"),
        (Options("small", "http://me:secret@localhost/v1"), "leave user and password out"),
        (Options("", "http://localhost/v1"), "--llm-model"),
        (Options("small", "http://[::1/v1"), "name it with --endpoint"),
        (Options("small", "http://localhost:port/v1"), "name it with --endpoint"),
        (Options("small", "http://localhost:99999/v1"), "name it with --endpoint"),
        (Options("small", f"http://{'a' * 70}.example/v1"), "name it with --endpoint"),
        (Options("small", "http://a..b/v1"), "name it with --endpoint"),
        (Options("small", "http://localhost/v 1"), "name it with --endpoint"),
        (Options("small", "http://localhost/v1?key=1"), "leave what follows"),
        (Options("small", "http://localhost/v1#a"), "leave what follows"),
        (Options("small", "http://localhost/v1", "se cret"), "COMITY_LLM_KEY"),
        (
            Options("small", "http://localhost/v1", "secr\N{LATIN SMALL LETTER E WITH ACUTE}t"),
            "COMITY_LLM_KEY",
        ),
    ],
)
def test_what_is_missing_is_named_before_anything_is_asked(options: Options, told: str) -> None:
    with pytest.raises(InputError, match=told):
        reader(options)
