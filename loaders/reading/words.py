"""The words that relations are told in, as lemmas: nouns and verbs of meeting, agreeing and exercising, and what others do to them."""

import re


def lemmas(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


# Nouns that are talks, agreements or drills.
TALKS = lemmas(
    "talk talks meeting negotiation summit conference conversation consultation dialogue discussion parley "
    "rendezvous tête-à-tête teleconference videoconference mediation"
)
VISITS = lemmas("visit trip tour")
AGREEMENTS = lemmas(
    "treaty pact agreement accord protocol convention armistice truce ceasefire cease-fire alliance memorandum deal "
    "understanding arrangement entente acsa settlement modus concordat"
)
DRILLS = lemmas("exercise drill manoeuvre maneuver wargame game exercising manoeuvres maneuvers")

# Verbs whose subject and object, or subjects together, do the thing.
MEET = lemmas("meet confer negotiate consult parley")
SPEAK = lemmas("talk speak discuss converse")
VISIT = lemmas("visit tour")
TRAVEL = lemmas("travel go fly journey come arrive return head depart leave")
SEND = lemmas("send dispatch despatch")
RECEIVE = lemmas("host receive greet welcome summon telephone phone invite")
AGREE = lemmas("agree sign conclude reach initial ratify ally")
DRILL = lemmas("exercise drill train manoeuvre maneuver")

# Verbs that carry a noun: "held talks", "signed a treaty"; their subjects are its parties.
CARRY = lemmas(
    "hold have conduct begin start open resume conclude sign initial ratify reach make negotiate enter join continue launch "
    "stage carry undertake attend complete renew finalize finalise strike ink forge establish form exchange endorse "
    "approve extend arrange plan schedule seek propose request offer want demand suggest discuss invite postpone cancel "
    "refuse reject break end suspend denounce abrogate accept announce engage participate agree come meet take pursue "
    "prepare restart convene organize organise work attempt get achieve implement confirm pay abandon terminate need "
    "formalize formalise adopt draft draw cancel scrap shelve delay deny rule oppose decline avoid set intend "
    "sponsor expect advocate favor favour urge promise kick wrap run perform practise practice deepen hammer secure obtain win"
)
OCCUR = lemmas(
    "take begin start open occur resume continue end follow be conclude fail collapse break proceed include involve bring remain "
    "lead produce result last focus cover provide call commit pledge run kick get go work come"
)

# What a verb above another does to it.
INTEND = lemmas(
    "plan intend want wish propose offer request call seek urge invite ask demand attempt try hope expect decide prepare consider "
    "suggest promise desire schedule aim need advise insist press push appeal favor favour advocate like pledge threaten "
    "undertake volunteer announce set agree call instruct order direct vow await"
)
DENY = lemmas(
    "refuse fail reject decline cancel deny avoid abandon oppose prevent block scrap preclude rule scuttle dismiss forgo "
    "boycott snub shun forbid prohibit lack"
)
PROPOSAL = lemmas(
    "offer proposal call request possibility plan demand appeal intention invitation prospect suggestion hope idea chance willingness readiness "
    "need desire wish effort attempt bid preparation idea draft"
)
REFUSAL = lemmas("refusal failure rejection cancellation absence lack boycott collapse breakdown")
CANCEL = lemmas("cancel scrap abandon boycott postpone")
MODALS = lemmas("will would shall should may might could can must 'll wo ca 'd")

# Heads of phrases that stand for the country named in them.
OFFICES = lemmas(
    "minister president premier chancellor king queen emperor sultan emir shah prince government regime official ambassador envoy "
    "delegation delegate representative leader diplomat secretary chief head cabinet ministry side party mission team "
    "negotiator authority authorities commissioner consul commander general admiral marshal colonel officer force forces troop troops army navy "
    "fleet warship ship vessel plane aircraft jet fighter bomber military marine marines soldier personnel unit squadron destroyer "
    "frigate submarine state nation country republic people dictator ruler monarch counterpart deputy adviser advisor aide emissary "
    "spokesman spokesperson parliament congress council senator administration charge chargé attache attaché plenipotentiary nuncio guard "
    "defense defence command staff politburo junta coalition statesman politician sultanate kingdom empire union federation "
    "foreign prime pm fm chairman director undersecretary under-secretary speaker lawmaker legislator dignitary high capital power "
    "neighbor neighbour ally signatory member giant paratrooper battalion brigade regiment sailor airman pilot warplane "
    "carrier cruiser helicopter tank group ministerial head-of-state foe rival partner participant duke viceroy governor premiership "
    "leadership executive antagonist disputant belligerent adversary coast"
)
TITLES = lemmas(
    "minister president premier chancellor king queen emperor sultan emir shah prince ambassador envoy secretary general mr mrs ms dr "
    "chairman marshal admiral colonel commander leader duke lord sir sheikh sheik ayatollah pope director senator commissioner "
    "representative negotiator consul count baron representative"
)
SIDES = lemmas(
    "side country nation state government leader party minister capital neighbor neighbour power delegation president disputant "
    "official army navy force ally foe rival adversary"
)

TYPES = {
    "agreement": (
        (
            "logistics",
            r"cross-servic|acquisition and cross|\bACSA\b|provision of (?:goods|supplies)|goods and services|logistic",
        ),
        (
            "information-security",
            r"security of (?:military )?information|information (?:security|protection)|GSOMIA|classified",
        ),
        ("visiting-forces", r"status of forces|status-of-forces|visiting forces|reciprocal access|\bSOFA\b"),
        (
            "equipment",
            r"defen[cs]e equipment|transfer of (?:defen[cs]e|military|equipment)|arms (?:deal|agreement|sale)",
        ),
        ("research", r"\bresearch\b|joint development"),
        ("nonaggression", r"non-?\s?aggression"),
        ("neutrality", r"\bneutrality\b"),
        (
            "defence",
            r"\b(?:mutual )?defen[cs]e (?:pact|treaty|agreement|alliance)|mutual (?:assistance|defen[cs]e)|defensive alliance",
        ),
        ("consultation", r"\bconsultation (?:pact|treaty|agreement)"),
        ("partnership", r"partnership|friendship|cooperation"),
        ("trade", r"\btrade\b|commerc|economic|tariff|customs"),
    ),
    "drill": (
        ("command-post", r"command[- ]post|staff exercise|table-?top|crisis management"),
        ("amphibious", r"amphibious|landing"),
        ("cyber", r"\bcyber"),
        ("air", r"\bair\b|\baerial|fighters?\b|warplanes?|aircraft|air force|air combat"),
        ("sea", r"\bnaval|\bnavy|\bnavies|maritime|\bsea\b|warships?|submarine|frigate|destroyer"),
        ("land", r"\barmy\b|\barmies\b|\bground\b|\bland forces|infantry|tanks?\b|troops"),
    ),
    "talks": (
        ("2+2", r"2\s?\+\s?2|two-plus-two"),
        ("summit", r"\bsummit|\bpresidents\b|prime ministers\b|heads of (?:state|government)"),
        ("ministerial", r"\bministers?\b|\bministerial|secretary of state|secretaries of state"),
        ("phone", r"telephone|\bphone\b|by video|video call|teleconference|videoconference"),
    ),
}


def types_of(kind: str, words: str) -> tuple[str, ...]:
    """The types of a kind that the words speak of."""
    return tuple(name for name, pattern in TYPES[kind] if re.search(pattern, words, re.IGNORECASE))
