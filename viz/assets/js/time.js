// Days, and what a tie is on a day. Days are counted as in the data: 1 is the first of January of the year 1.

const EFFECT = 0, POSSIBLE = 1, PLANNED = 2, CANCELLED = 3, ENDED = 4, NONE = 9;
const STATES = [
  { name: "effect", label: words.effect },
  { name: "possible", label: words.possible },
  { name: "planned", label: words.planned },
  { name: "cancelled", label: words.cancelled },
  { name: "ended", label: words.ended },
];

// For how many days what is over is still drawn: long enough to be seen going, short enough not to lie over what there is.
const LINGERS = 3653;

const NO_BEGIN = 1, NO_END = 3652059; // stand for "no bound"
const UNIX = 719163; // the first of January 1970
const DAY = 86400000;

const isoDay = (day) => new Date((day - UNIX) * DAY).toISOString().slice(0, 10);
const dayOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY) + UNIX;
const yearOf = (day) => new Date((day - UNIX) * DAY).getUTCFullYear();
const dateWords = new Intl.DateTimeFormat(DATES, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const dayWords = (day) => dateWords.format(new Date((day - UNIX) * DAY));

// A date of the data in words; days and spans of days come without them.
function whenWords(when) {
  const told = evidence().whens[when];
  if (typeof told !== "string") return told[1];
  const [begin, end] = told.split("/").map((day) => (day === ".." ? day : dayWords(dayOf(day))));
  if (!end) return begin;
  return end === ".." ? words.goingOn(begin) : words.fromTo(begin, end);
}

function whenText(when) {
  const told = evidence().whens[when];
  return typeof told === "string" ? told : told[0];
}

// Phases as flat columns: the mode of their status, and their four bounds.
const GOES_ON = 0, IN_EFFECT = 1, SUSPENDED = 2, CALLED_OFF = 3;
const phaseMode = Uint8Array.from(page.phases, ([status]) => {
  const [name, inEffect] = page.statuses[status];
  return inEffect ? IN_EFFECT : name === "suspended" ? SUSPENDED : name === "cancelled" || name === "ended" ? CALLED_OFF : GOES_ON;
});
const phaseBounds = Int32Array.from(page.phases.flatMap(([, ...bounds]) => bounds));

// The state of a set of phases in a span of days: in effect whatever the doubtful dates are, for some settlement of them, …
function stateOf(set, first, last) {
  let state = NONE, stopped = false, ended = false;
  for (const phase of set) {
    const at = 4 * phase, mode = phaseMode[phase];
    const begin0 = phaseBounds[at], begin1 = phaseBounds[at + 1], end0 = phaseBounds[at + 2], end1 = phaseBounds[at + 3];
    const possibly = begin0 <= last && end1 >= first;
    if (mode === IN_EFFECT) {
      if (begin1 <= last && end0 >= first) return EFFECT;
      if (possibly) state = Math.min(state, POSSIBLE);
      else ended ||= end1 < first && first - end1 <= LINGERS;
    } else if (mode === SUSPENDED) {
      stopped ||= possibly;
    } else if (mode === CALLED_OFF) {
      stopped ||= possibly && first - begin1 <= LINGERS;
    } else if (possibly) {
      state = Math.min(state, PLANNED);
    }
  }
  if (stopped && state >= PLANNED) return CANCELLED;
  return state === NONE && ended ? ENDED : state;
}

const setStates = new Uint8Array(page.sets.length);

// Work out the state of every set of phases in a span of days.
function lookAtSets([first, last]) {
  for (let set = 0; set < setStates.length; set += 1) setStates[set] = stateOf(page.sets[set], first, last);
}

// Every day on which something on the page begins, ends or may do so, in order.
function daysOfChange() {
  const found = new Set();
  for (let at = 0; at < phaseBounds.length; at += 1) {
    // What ends on a day is no longer there on the next.
    const day = phaseBounds[at] + (at % 4 > 1 ? 1 : 0);
    if (phaseBounds[at] > NO_BEGIN && phaseBounds[at] < NO_END) found.add(day);
  }
  return Int32Array.from(found).sort();
}
