"""Whether a text is in English: by its script, and by how many of its words are the common ones."""

import re
import unicodedata
from collections import Counter

_SCRIPTS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
_MOST_FOREIGN = 0.3
"""The share of letters in other scripts that an English text can have, in names and quotations."""
_FEWEST_COMMON = 0.12
"""The share of the common words that English prose has at least: in news it is about a third, in French, German or Italian below a tenth."""
_WORDS_NEEDED = 60
_COMMON = re.compile(
    r"\b(?:the|of|and|to|in|a|is|that|was|for|on|with|as|by|at|from|it|be|are|were|has|have|had|this|which|or|an|its|his|their|he|they|not|will"
    r"|would|between|after|before|during|also|who|been|but|than|into|said)\b"
)


def not_english(text: str) -> str:
    """Why the text is not taken for English, as the end of a sentence; empty where it is, or is too short to tell."""
    letters = [sign for sign in text if sign.isalpha()]
    if not letters:
        return "holds no words"
    foreign = Counter(_script(sign) for sign in letters if not sign.isascii())
    del foreign["LATIN"]
    if foreign.total() > _MOST_FOREIGN * len(letters):
        script = foreign.most_common(1)[0][0]
        return f"is not in English: most of it is in {_SCRIPTS.get(script, script.title())} script"
    lower = text.lower()
    count = len(re.findall(r"[a-z]+", lower))
    if count >= _WORDS_NEEDED and len(_COMMON.findall(lower)) < _FEWEST_COMMON * count:
        return f"does not seem to be in English: few of its {count:,} words are common English ones"
    return ""


def _script(sign: str) -> str:
    return unicodedata.name(sign, "UNKNOWN").split()[0].split("-")[0]
