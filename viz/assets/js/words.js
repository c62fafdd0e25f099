// Every text that the page writes by script, for translators; the rest stands in template.html, and dates in viz/wording.py.

const LOCALE = "en", DATES = "en-GB";
const count = (number, one, many) => `${number.toLocaleString(LOCALE)} ${number === 1 ? one : many}`;

const words = {
  none: "none",
  effect: "in effect", possible: "possibly in effect", planned: "announced or planned", cancelled: "cancelled or suspended", ended: "ended in the ten years before",
  map: "Map", network: "Network",

  // Numbers of things
  ties: (number) => count(number, "tie", "ties"),
  actors: (number) => count(number, "actor", "actors"),
  parties: (number) => count(number, "party", "parties"),
  facts: (number) => count(number, "fact", "facts"),
  ofKind: (number, kind) => count(number, kind.name, kind.plural),

  // Time
  goingOn: (begin) => `from ${begin}, still going on`,
  fromTo: (begin, end) => `from ${begin}, to ${end}`,
  anyDay: (first, last) => `any day from ${first} to ${last}`,
  asOf: "As of", to: "to",
  asOfThe: (when) => `As of ${when}. `,
  backTo: (when) => `Back to ${when}`,
  histogram: (first, last, most) => `Ties in effect per year, ${first} to ${last}: at most ${most.toLocaleString(LOCALE)} (height: square root)`,

  // The card
  headline: (when, ties, actors, possible) => `${when}: ${words.ties(ties)}${possible ? " at least possibly" : ""} in effect among ${words.actors(actors)}`,
  allTypes: "All types", allSources: "All sources", singleSources: "Single sources",
  only: (name) => `Only ${name}`,
  byRule: (name) => `Tie rule ${name}: ${words.rules[name]}`,
  rules: {
    "every-pair": "each two parties",
    "host-guest": "the host with each other party",
    "pledger-pledged": "who pledges with each other party",
    organization: "each country with each organization",
  },
  size: (name) => `Size: ${name}`,
  sizeLabel: "What the size of actors shows",
  doubtRing: "A ring around a disc shows how large doubt may make it. ",
  marks: (amid, pacts) => `Discs are states at their capitals, lozenges organizations at their seats.${amid ? " An organization without a seat stands amid its members." : ""}${pacts ? " A small ring is a fact of four or more parties, amid them." : ""} Borders are those of today.`,
  noPlace: "Without a place on the map",
  nothingFound: "Nothing of that name here",

  // Measures
  notMeasured: "not measured",
  live: "partners on the day shown",
  inDoubt: (least, most) => `, ${least} to ${most} in doubt`,
  rankBy: (measure) => `Rank by ${measure}, year by year`,
  ranks: (measure, first, last, told) => `Rank by ${measure}, ${first} to ${last}. ${told.join(". ")}.`,
  rankOf: (name, best, last) => `${name}: best ${best}, last ${last}`,
  onlyThis: "Only this",

  // The evidence
  state: "State", organization: "Organization",
  withActors: (number) => `Ties with ${words.actors(number)}.`,
  noTies: "No ties as chosen.",
  measured: (text, when) => `${text}, as of ${when}.`,
  amidIts: "Drawn amid those it has ties with: it has no seat.",
  factsAmong: (number, kind) => `${words.facts(number)} among ${kind.plural}`,
  partnersIn: (kind) => `Partners in ${kind.plural}`,
  notThere: "not there",
  onDay: (facts, when, state) => `${facts}; on ${when} ${state}.`,
  about: "About ", and: " and ",
  lastStep: (step) => `last step told: ${step}`,
  disagree: "sources disagree",
  disagreeOn: (what) => `Sources disagree: ${what}`,
  alsoCalled: (names) => `Also called ${names.join("; ")}`,
  status: "Status", partiesHead: "Parties",
  sourcesSay: (number) => (number > 1 ? `What ${number} sources say` : "Source"),
  factId: (id) => `Fact ${id}`,
  noStep: "No step is told.",
  onlyBetween: (names) => `only ${names.join(" and ")}`,
  pledges: (pledges) => (pledges.length ? `pledges ${pledges.join(", ")}` : "pledges nothing"),
  at: (place) => `At ${place}: `,
  noWords: "words not at hand",
  repaired: (property, was, rule) => `${property} read “${was}” in the source, repaired by the rule ${rule}`,
  readBy: (method) => `read by: ${method}`,
  confidence: (number) => `confidence ${number}`,
  calls: "Calls it", ownTypes: "Types in this source", ownParties: "Parties in this source",

  // The table
  columns: ["Actor", "Actor", "Layer", "State", "Facts"],
  tableOf: (ties, when, rule) => `${words.ties(ties)} on ${when}, by the rule ${rule}`,
  showAll: (number) => `Show all ${number}`,

  // Where it comes from
  provenance: () => [
    `Sources: ${page.collections.join(", ") || words.none}`, `tie rule: ${ruleInUse()}`, `${page.certainty} ties as of ${page.asOf.text}`,
    ...words.settled(), `revision ${page.revision || words.none}`, "map: Equal Earth projection, Natural Earth, borders of today", "made with comity",
  ],
  asked: (when, layers, type, source) => [
    `${page.certainty} ties of ${when}`, `layers: ${layers.join(", ") || words.none}${type ? `, only ${type}` : ""}`, `rule ${ruleInUse()}`,
    `data: ${page.collections.join(", ") || words.none}${source ? ` (only ${source})` : ""}`, ...words.settled(), `revision ${page.revision || words.none}`,
  ],
  settled: () => [`policy ${page.policy}`, `same from ${page.sameFrom}`, page.knownOn ? `record of ${page.knownOn}` : "latest record"],
  cited: (about, view, asked) => `${page.title}.${about ? ` ${about}.` : ""} ${view} made with comity; ${asked.join("; ")}.`,
  sources: (number) => `Sources (${number}):`,
  link: (address) => `Link: ${address}`,
  copied: "Copied",
  captionAsked: (layers, type, measure) => `Layers: ${layers.join(", ") || words.none}${type ? ` (only ${type})` : ""}; rule ${ruleInUse()}; size: ${measure}.`,
  captionData: () => `Data: ${page.collections.join(", ") || words.none}; ${words.settled().join("; ")}; revision ${page.revision.slice(0, 12) || words.none}; made with comity.`,
};
