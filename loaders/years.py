"""Years, as tables that know no more have them."""

_DIGITS = 4


def is_year(text: str) -> bool:
    """Whether the text is a year of four digits."""
    return len(text) == _DIGITS and text.isascii() and text.isdecimal()
