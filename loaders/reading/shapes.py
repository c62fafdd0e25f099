"""The shapes of words that tell a time in English, and of the words around them by which it can be told from other numbers."""

import re

from comity.loaders.parts import MONTHS, NUMBERS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF's numbers of the seasons."""

SHORT_MONTHS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
PARTS = {"early": "early|beginning|start", "mid": "mid", "late": "late|end of"}
_NAMES = "|".join(MONTHS)
_M = rf"(?:(?:{_NAMES})(?![a-z])|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b)(?=\s*\d))"
MONTH = rf"(?:(?:{_NAMES})(?![a-z])|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:])"
_TH = r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)(?![a-z\d])"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d|,\d{3}|\.\d|[’']?s\b)"
_WD = rf"(?:(?:{'|'.join(WEEKDAYS)}),? (?:the )?)"
_OF_YEAR = (
    r"(?:,? (?:(?:of|in|during) )?(?:the same|that same|that|this|last|next|the following|the previous) year(?![a-z’'])"
    r"|,? (?:of the year )?"
    rf"{YEAR})"
)
_PART = (
    r"(?:(?:[Ee]arly|[Mm]id|[Ll]ate)(?: in )?[ -]|(?:[Tt]he )?(?:beginning|start|middle|end) of (?:the )?)"
)
TO = r"\s?(?:-|–|—)\s?| (?:to|until|till|through) (?:the )?"
_LIST = rf"(?:(?:{TO}|, ?(?:and )?(?:the )?| and (?:the )?| or (?:the )?){_D})"
_NUMBER = rf"(?:an?|{'|'.join(NUMBERS)}|\d{{1,3}})"
_UNIT = r"(?:day|week|month|year)"
_SHAPES: tuple[tuple[str, str], ...] = (
    ("iso", r"\b\d{4}-\d\d-\d\d\b"),
    (
        "slashes",
        r"(?<![\d/.-])\d{1,4}/\d{1,2}/\d{2,4}(?![\d/])|(?<![\d/.-])\d{1,2}\.\d{1,2}\.\d{4}(?!\d|\.\d)",
    ),
    ("two-slashes", r"(?<=[Oo]n )\d{1,2}/\d{1,2}(?![\d/])"),
    ("days-month", rf"{_D}{_LIST}+(?: of)? {MONTH}{_OF_YEAR}?"),
    ("month-days", rf"{_M} {_D}{_LIST}+{_OF_YEAR}?"),
    ("day-month", rf"{_WD}?(?:the )?{_D}(?: of)? {MONTH}{_OF_YEAR}?"),
    ("month-day", rf"{_WD}?{_M} (?:the )?{_D}{_OF_YEAR}?"),
    ("month-year", rf"{_PART}?(?:{MONTH},? (?:of )?{YEAR}|(?:{_NAMES}){_OF_YEAR})"),
    ("season", rf"{_PART}?\b(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?: of)?{_OF_YEAR}"),
    ("fraction", rf"\b(?:first|second) half of {YEAR}|\b(?:first|second|third|fourth) quarter of {YEAR}"),
    ("decade", r"\b(?:1[5-9]|20)\d0[’']?s\b"),
    ("part-year", rf"\b{_PART}(?:of )?(?:{YEAR}|(?:this|last|next|that|the same) year\b)"),
    ("part-month", rf"\b{_PART}(?:{_NAMES})(?![a-z])"),
    ("day-word", r"\b(?:[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight)\b"),
    (
        "weekday",
        rf"\b(?:(?:[Ll]ast|[Nn]ext|[Tt]his|[Oo]n) )(?:{'|'.join(WEEKDAYS)})\b(?!,? (?:the )?\d|,? (?:{_NAMES}))",
    ),
    (
        "counted",
        rf"\b(?i:{_NUMBER} {_UNIT}s?|half a year) (?:ago|earlier|later|before that|after that|afterwards|before(?=[,.;]|$))\b",
    ),
    (
        "stepped",
        (
            r"\b[Tt]he (?:following|next|previous|same|very same) (?:day|week|month|year)\b|\b[Tt]he (?:day|week|month|year) (?:before|after)(?= ?[,.;]|$| that\b)"
            r"|\b[Tt]hat (?:same )?(?:day|month|year)\b"
        ),
    ),
    ("this", r"\b(?:(?:[Ee]arlier|[Ll]ater) )?(?:[Tt]his|[Ll]ast|[Nn]ext) (?:week|month|year)\b"),
    (
        "month",
        rf"(?:{_NAMES})(?![a-z])(?! (?:[A-Z][a-z]+ )?(?:Brigade|Agreement|Revolution|War\b))",
    ),
    (
        "ordinals",
        rf"{_TH}(?:(?:{TO}| and (?:the )?| or (?:the )?)(?:{_TH}|\d{{1,2}}(?!\d| ?[A-Za-z]*s\b)))*",
    ),
    (
        "years",
        rf"(?<![\d.,/£$€-]){YEAR}(?:(?:[-–/]\d\d)?(?!\w|-(?!-))|(?=[-–](?:1[5-9]|20)\d\d\b))|(?<=\d{{4}}[-–]){YEAR}(?!\w|-(?!-))",
    ),
)
# What comes first lets the search pass over most places at once.
POINT = re.compile(
    r"\b(?=[\dA-Zabefhlmnostwy])(?:"
    + "|".join(f"(?P<{name.replace('-', '_')}>{shape})" for name, shape in _SHAPES)
    + ")"
)

RELATION = re.compile(
    r"\b(since|until|till|by|before|after|from|as of)\s+(?:(?:at )?the\s+)?$", re.IGNORECASE
)
OFFSET = re.compile(
    rf"\b(?:(?P<number>{_NUMBER})|several|some|many|few|couple of) (?P<unit>{_UNIT})s? (?P<order>before|after|prior to|ahead of|following) (?:(?!(?:and|but|or)\b)[\w'’-]+ ){{0,6}}$",
    re.IGNORECASE,
)
"""So long before or after what a date dates: "two months before the summit of"."""
DAY_BEFORE = re.compile(
    r"\b(?:on|since|from|by|until|till|before|after|between|of|to|and|the)\s+(?:the\s+)?$", re.IGNORECASE
)
# A day told by its number alone: "on the 6th", but not "on the 38th parallel"; elsewhere only where no noun follows.
NO_DAY = re.compile(
    r" (?i:parallel|anniversary|floor|days?|occasion|attempt|round|birthday|meridian|page|line|century|session|meeting|summit|amendment|fleet"
    r"|army|division|air|congress|plenary|brigade|wing|squadron|regiment|battalion|party|conference|asean|infantry|marine|corps|fighter|street"
    r"|assembly|general|national|central|chinese|time)\b"
)
AFTER_DAY = re.compile(
    r"$|[,.;:)?!\"”’]|--| ?[-–—] | (?:and|to|at|in|of (?:this|that|the same|last|next) month|by|with|for|from|when|where|while|he|she|they|it|we|who"
    r"|which|that|the|a|an|as|but|or|after|before|until|between|both|also|via|aboard|together|under|over|on|is|are|was|were|will|has|had|have)\b"
    r"| [A-Z]"
)
YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|between|before|after|during|through|throughout|into|of|to|and|or|year|late|early|mid|circa|around|about)[ -]$"
    r"|[(\[]$|^$|[-–]$|\b\d{4},(?: and| or)? $",
    re.IGNORECASE,
)
MONTH_BEFORE = re.compile(
    r"\b(?:in|into|since|by|until|till|from|to|before|after|during|of|between|through|throughout|last|next|this) $",
    re.IGNORECASE,
)
COUNTED_THINGS = re.compile(r" (?:[a-z-]+ )?(?:[a-z]{3,}s|people|personnel|men|km|percent|aircraft|staff)\b")
