import pytest

from comity.graph.dates import When
from comity.viz.wording import in_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2016-10-24", "24 October 2016"),
        ("2016-10", "October 2016"),
        ("2016", "2016"),
        ("201X", "between 2010 and 2019"),
        ("2016-10-24~", "between 23 and 25 October 2016"),
        ("[2016-10-22..2016-11-06]", "between 22 October 2016 and 6 November 2016"),
        ("2016-10-24/2016-11-06", "from 24 October 2016, to 6 November 2016"),
        ("2016-10/2016-11", "from October 2016, to November 2016"),
        ("1949-08-24/..", "from 24 August 1949, still going on"),
        ("1949-08-24/", "from 24 August 1949, end not told"),
        ("../1939-03-15", "to 15 March 1939"),
        ("/1939-03-15", "beginning not told, to 15 March 1939"),
        ("../..", "always"),
    ],
)
def test_dates_in_words(edtf: str, words: str) -> None:
    assert in_words(When.parse(edtf)) == words
