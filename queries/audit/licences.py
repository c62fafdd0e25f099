"""Licences under which a source's words may be carried in a data set that is passed on, changed and sold."""

import re

ALLOWING: dict[str, tuple[str, ...]] = {
    "CC0-1.0": ("Creative Commons Zero", "CC Zero", "CC0 1.0 Universal"),
    "CC-BY": ("Creative Commons Attribution", "Creative Commons BY"),
    "CC-BY-SA": ("Creative Commons Attribution-ShareAlike", "Creative Commons BY-SA"),
    "PDDL-1.0": ("Open Data Commons Public Domain Dedication and License", "ODC PDDL"),
    "ODC-By-1.0": ("Open Data Commons Attribution License", "ODC-By"),
    "ODbL-1.0": ("Open Data Commons Open Database License", "Open Database License", "ODbL"),
    "OGL-UK": ("Open Government Licence", "Open Government Licence United Kingdom", "OGL"),
    "OGL-Canada-2.0": ("Open Government Licence Canada",),
    "etalab-2.0": ("Licence Ouverte", "Open Licence Etalab"),
    "DL-DE-BY-2.0": ("Datenlizenz Deutschland Namensnennung",),
    "DL-DE-ZERO-2.0": ("Datenlizenz Deutschland Zero",),
    "NLOD": ("Norwegian Licence for Open Government Data", "NLOD-1.0", "NLOD-2.0"),
    "GJSTU": ("Government of Japan Standard Terms of Use", "Public Data License"),
    "public domain": ("PD", "in the public domain", "Public Domain Mark", "US-PD", "work of the US government"),
    "MIT": ("MIT License",),
    "Apache-2.0": ("Apache License",),
}  # fmt: skip
"""The licences by the id that SPDX gives them (versions left away where every version allows it), with other names in use.

Left out on purpose: CC licences with NC (no passing on for money) or ND (nothing may be changed), licences of software that ask for
more than naming the author, `all rights reserved`, and every text that is not the name of a licence (`free to use`).
"""

_VERSION = re.compile(r"\b(?:v|version )?\d+(?: \d+)*\b")
_ADDRESS = re.compile(r"https?://(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z-]+)(?:/.*)?")
_NOISE = re.compile(r"\b(?:the|international|generic|unported|universal|igo|only|licence)\b")


def allows_quotation(licence: str) -> bool:
    """Whether the licence, an SPDX expression or a name of one in use, allows its words to be passed on.

    Of `A OR B` one must allow it, of `A AND B` all.

        >>> allows_quotation("CC-BY-4.0"), allows_quotation("CC-BY-NC-4.0"), allows_quotation("")
        (True, False, False)
    """
    choices = re.split(r"\s+OR\s+", licence.strip().strip("()"))
    return any(all(_known(part) for part in re.split(r"\s+AND\s+", choice)) for choice in choices)


def _known(name: str) -> bool:
    address = _ADDRESS.fullmatch(name.strip().casefold())
    if address:
        name = f"CC-{address[2]}" if address[1] == "licenses" else address[2]
        name = {"zero": "CC0-1.0", "mark": "public domain"}.get(name, name)
    return bool(name.strip()) and _folded(name) in _FOLDED


def _folded(name: str) -> str:
    """The name without case, marks and version; `cc0` keeps its number."""
    words = re.sub(r"[\W_]+", " ", name.casefold().replace("license", "licence"))
    return " ".join(_NOISE.sub(" ", _VERSION.sub(" ", words)).split())


_FOLDED = {_folded(name) for id, names in ALLOWING.items() for name in (id, *names)}
