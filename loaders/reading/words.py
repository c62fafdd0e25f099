"""The words that relations are told in, as lemmas: nouns and verbs of meeting, agreeing and exercising, and what others do to them."""

import re


def lemmas(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


# Nouns that are talks, agreements or drills.
TALKS = lemmas(
    "talk talks meeting negotiation summit conference conversation consultation dialogue discussion parley rendezvous "
    "tête-à-tête teleconference videoconference interview audience mediation communication contact bargaining roundtable "
    "round-table diplomacy arbitration invitation overture démarche demarche"
)
TELEPHONE = lemmas("telephone phone video hotline")
MEALS = lemmas("luncheon lunch dinner breakfast banquet supper")
"""Talks, where they are with somebody."""
TOWARDS = lemmas("invitation overture démarche demarche office call")
"""Talks with those to whom they go."""
BETWEEN = lemmas("mediation office communication contact diplomacy arbitration")
"""Talks only of those between whom they are said to be."""
VISITS = lemmas("visit trip tour arrival journey")
AGREEMENTS = lemmas(
    "treaty pact agreement accord protocol convention armistice truce ceasefire cease-fire alliance memorandum deal "
    "entente arrangement acsa modus concordat compact covenant mou"
)
OUTCOMES = lemmas(
    "settlement compromise understanding declaration contract peace charter partnership package"
)
"""Agreements where two sides make them, and otherwise much else."""
SETTLING = lemmas("sign initial reach conclude ratify negotiate ink forge hammer seal strike")
"""What is done to the outcome of talks."""
DRILLS = lemmas("exercise drill manoeuvre maneuver wargame game manoeuvres maneuvers")

STANDING = lemmas("alliance entente")
"""Agreements that stand for years, and are told of as made only beside such a word."""
ALLYING = lemmas(
    "sign signing signature conclude conclusion form formation forge make enter join negotiate seek propose offer create creation "
    "establish establishment build cement seal renew ratify announce agree reach strike result lead"
)

DOMESTIC = lemmas(
    "press news cabinet party constitutional business labor labour wage great good council parliamentary municipal plea "
    "board staff shareholder shareholders family prayer"
)
"""What stands before talks, deals and conferences that are none between states: a press conference, a great deal."""

MILITARY = (
    r"\b(?:joint|military|naval|air|combined|bilateral|trilateral|multilateral|multinational|live.{0,3}fire|war|maritime|army|navy|forces?|"
    r"annual|defen[cs]e|amphibious|anti-\w+|troops?|warships?|fighters?|codenamed|code-named|nato|marines?)\b"
)
"""What an exercise has about it where it is one of forces."""

CIVIL = lemmas("fire writing breathing classroom evacuation oil dental spelling academic financial")
STAGING = lemmas(
    "stag stage mount run hold conduct stage carry launch host open begin start join cancel postpone scrap shelve drop abandon plan attend complete schedule"
)
"""What is done to an exercise of forces. The model takes `staged` for a form of `stag`, as `dined` for one of `din`."""
BROKER = lemmas(
    "mediate broker facilitate monitor supervise guarantee witness impose oversee chair observe violate condemn sponsor host"
)
"""What others do to talks and treaties than their parties."""
JOINING = lemmas("take participate join compete")
PROJECTS = lemmas(
    "project programme program initiative consortium pact alliance treaty coalition agreement partnership convention"
)

# Verbs whose subject and object, or subjects together, do the thing.
MEET = lemmas(
    "meet confer negotiate consult parley communicate liaise deliberate gather assemble convene reconvene bargain haggle huddle dine "
    "lunch din interact"
)
SPEAK = lemmas("talk speak discuss converse")
MUTUAL = lemmas(
    "relation relationship tie link border dispute conflict war peace trade cooperation co-operation"
)
"""What is had with somebody: who discusses relations with Norway need not discuss them with Norway."""
VISIT = lemmas("visit tour")
TRAVEL = lemmas(
    "travel go fly journey come arrive leave depart shuttle return head sail rush hurry proceed drive"
)
SEND = lemmas("send dispatch despatch lead head")
"""Verbs of those who make others travel: sent an envoy to, led a delegation to."""
RECEIVE = lemmas("host receive greet welcome summon telephone phone contact invite entertain convoke ring")
SEE = lemmas("see brief")
"""What one person does to another who meets him."""
CONTACT = lemmas("contact sound")
"""What one government does to another before they talk."""
GATHER = lemmas("bring gather unite assemble include involve attract")
"""What a conference does with those who come."""
RESULT = lemmas("lead result end culminate produce bring yield conclude")
"""How talks come to an agreement."""
SETTLE = lemmas("settle resolve reconcile compose")
DISPUTES = lemmas("dispute difference conflict quarrel disagreement feud claim issue")
AID = lemmas("aid assistance loan credit grant relief subsidy")
PLEDGE = lemmas("pledge promise grant extend")
"""What a donor does with aid."""
AGREE = lemmas("agree sign ally")
DRILL = lemmas("exercise drill train manoeuvre maneuver")
REHEARSE = lemmas("practise practice rehearse simulate")

# Verbs that carry a noun: held talks, signed a treaty; their subjects are its parties.
CARRY = lemmas(
    "hold have conduct begin start commence open resume conclude sign initial ratify reach make negotiate join continue launch stage stag carry "
    "undertake attend complete renew finalize finalise strike ink forge establish form exchange endorse approve extend arrange plan "
    "schedule seek propose request offer want demand suggest discuss postpone cancel refuse reject break end suspend denounce "
    "abrogate terminate renounce accept announce agree take pursue prepare restart convene organize organise attempt get achieve confirm pay abandon "
    "need formalize formalise adopt draft draw scrap shelve drop delay deny oppose decline avoid set intend sponsor expect "
    "advocate favor favour urge promise kick wrap run perform practise practice hammer secure obtain win call maintain create give grant accord clinch seal cement thrash"
)
OCCUR = lemmas(
    "take begin start commence open occur resume continue end follow conclude fail collapse break proceed involve bring remain last go get come"
)
ENTER = lemmas(
    "enter participate represent engage join take agree come meet call press push resort return send travel sit gather convene attend go assemble "
    "work hope ask appeal invite"
)
ASKING = lemmas("join invite ask press engage meet call push")
"""Those of them whose object is the other party: invited France to a conference."""
PAY = lemmas(
    "pay make begin start conclude end undertake complete postpone cancel plan schedule arrive embark set announce have go leave be"
)
ADDRESS = lemmas("propose offer request seek demand suggest give grant accord send extend")

# What others do to it. The model takes `hoped` and `hoping` for forms of `hop`.
INTEND = lemmas(
    "plan intend want wish hop propose offer request call seek urge invite ask demand attempt try hope expect decide prepare consider "
    "suggest promise desire schedule aim need advise insist press push appeal favor favour advocate like pledge threaten undertake "
    "volunteer announce set agree instruct order direct vow await"
)
DENY = lemmas(
    "refuse fail reject decline cancel deny avoid abandon oppose prevent block scrap preclude scuttle dismiss forgo boycott snub "
    "shun forbid prohibit lack refute rebut"
)
UNABLE = lemmas("unable unwilling reluctant unlikely incapable loath")
"""What those are who do not do it."""
CLAIMS = lemmas("report claim rumour rumor allegation assertion truth substance story speculation")
"""What can be told and be false."""
FALSE = lemmas("false untrue unfounded baseless groundless incorrect inaccurate fictitious")
TRUE = lemmas("true correct accurate founded")
CANCEL = lemmas("cancel scrap abandon boycott postpone shelve drop")
PROPOSAL = lemmas(
    "offer proposal call request possibility plan demand appeal intention invitation prospect suggestion hope idea chance "
    "willingness readiness need desire wish effort attempt bid preparation draft"
)
REFUSAL = lemmas("suspension refusal failure rejection cancellation absence lack boycott")
STAGES = lemmas(
    "signing signature conclusion round series session ratification exchange resumption start beginning day week result entry "
    "opening text initialing negotiation"
)
CITING = lemmas(
    "abrogation termination violation breach denunciation repeal implementation term provision article clause renunciation collapse "
    "breakdown revision framework end anniversary member signatory interpretation renegotiation renewal suspension"
)
BREACHING = lemmas("violate breach implement invoke honor honour break revise condemn criticize criticise")
DEEDS = lemmas(
    "part response reaction move decision policy goal aim action effort initiative step attempt objective strategy plan offer proposal request "
    "activity act achievement measure outcome result success contribution gesture"
)
DIRECTED = lemmas(
    "invite urge ask request call order instruct send persuade allow permit enable tell press push convince authorize authorise "
    "dispatch direct want wish require force commission empower induce prompt compel cause lead motivate"
)
MODALS = lemmas("will would shall should may might could can must 'll wo ca 'd")

COMMIT = lemmas("agree promise pledge undertake offer vow consent volunteer commit")
"""What binds a state to give another something."""
GIVE = lemmas(
    "give provide supply grant lend donate deliver sell ship transfer extend contribute return release repatriate hand help assist aid "
    "finance fund build free compensate escort pay continue resume increase double share cede lease loan export"
)
FREE = lemmas("return release repatriate free escort compensate")
"""What is done to the people and things of another state."""
BINDING = lemmas(
    "end terminate settle resolve commit oblige bind unite link ally regulate govern formalize formalise confirm fix delimit establish "
    "define restore require delineate demarcate create"
)
"""What a treaty does to those who made it, or to what is between them."""
AFTERWARDS = lemmas(
    "ratify implement fulfil fulfill honor honour observe respect execute apply publish carry"
)
"""What is done to an agreement that is there: if it is not done, the agreement was made all the same."""
ORDEALS = lemmas("crisis war conflict dispute confrontation fighting hostility threat tension")
DURATIONS = lemmas("hour day week month year round series session period")
CONVENE = lemmas("arrange convene call organize organise chair mediate")
"""What is done by one who brings others together, and talks with them."""

TELLING = lemmas("say tell think believe note add claim warn insist argue remark")
"""What those do who need not be party to what they tell."""

MAKING = lemmas("sign signing signature reach conclude conclusion initial lead result")
DEFINITE = lemmas("the this that these those such its their his")

ENDING = lemmas("end renounce scrap repudiate dissolve cancel quit leave")
"""What ends an agreement that it is done to; a treaty may itself end a war."""

AGREEMENT_STATUS = (
    ("ended", lemmas("denounce abrogate terminate annul expire")),
    ("suspended", lemmas("suspend")),
    ("signed", lemmas("sign initial signing signature conclude ink exchange ratify")),
    ("negotiating", lemmas("negotiate")),
    ("in_force", lemmas("enter")),
    ("agreed", lemmas("agree reach")),
)
"""The status that a verb beside an agreement gives it, the first that fits."""

# Heads of phrases that stand for the country named in them.
ENVOYS = lemmas(
    "minister president premier chancellor king queen emperor sultan emir shah prince ambassador envoy delegation delegate "
    "representative leader diplomat secretary chief head negotiator commissioner consul general commander admiral marshal deputy adviser "
    "advisor aide emissary charge chargé attache attaché plenipotentiary colleague regent nuncio negus tsar czar kaiser pasha dictator ruler monarch statesman politician mission team official officials undersecretary speaker senator host guest "
    "lawmaker dignitary fm pm commissar party chairman director governor viceroy duke counterpart"
)
EXPERTS = lemmas("expert specialist technician scientist economist engineer")
TROOPS = lemmas(
    "force forces troop troops army navy fleet warship ship vessel plane aircraft jet fighter bomber military marine marines soldier "
    "personnel unit squadron destroyer frigate submarine battalion brigade regiment sailor airman pilot warplane carrier cruiser "
    "helicopter tank paratrooper guard command minehunter minesweeper reservist contingent crew"
)
OFFICES = (
    ENVOYS
    | EXPERTS
    | TROOPS
    | lemmas(
        "government regime cabinet ministry side authority authorities colonel officer state nation country republic people dictator ruler "
        "monarch spokesman spokesperson parliament congress council administration nuncio defense defence staff politburo junta coalition "
        "statesman politician sultanate kingdom empire union federation foreign prime legislator high capital power neighbor neighbour "
        "ally signatory member giant group ministerial foe rival partner participant leadership executive antagonist disputant "
        "belligerent adversary headquarters"
    )
)
MEMBERS = lemmas("member state country nation ally partner power")
SEATED = lemmas(
    "government regime parliament ministry authority authorities leader leadership cabinet official"
)
"""What is said to be in a capital: the government in Lima."""
SPORTS = lemmas(
    "football soccer basketball cricket hockey rugby olympic handball volleyball tennis chess sports drill"
)
TITLES = lemmas(
    "minister president premier chancellor king queen emperor sultan emir shah prince ambassador envoy secretary general mr mrs ms dr "
    "chairman marshal admiral colonel commander leader duke lord sir sheikh sheik ayatollah pope director senator commissioner "
    "representative negotiator consul count baron kaiser tsar czar pasha archduke earl marquis marquess viscount field regent negus "
    "governor viceroy lieutenant major captain taoiseach maharaja nawab bey dey khedive caudillo generalissimo"
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
