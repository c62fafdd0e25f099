"""What counts where nobody has said: the one rule for the library, the commands and whoever asks for a slice."""

from collections.abc import Sequence


def default_types(layers: Sequence[str]) -> tuple[str, ...]:
    """The types that count in these kinds of facts: defence among agreements alone, else all types (empty).

    Other kinds know no defence, and beside them it would silently drop all their ties.
    """
    return ("defence",) if tuple(layers) == ("agreement",) else ()
