"""The short text that comes with comity, to try a reader on."""

from importlib import resources

from comity.loaders.reading.texts import Text, text_of

NAME = "example"


def example() -> Text:
    """The invented report `example.txt`."""
    return text_of(NAME, (resources.files("comity.loaders.reading") / "example.txt").read_bytes())
