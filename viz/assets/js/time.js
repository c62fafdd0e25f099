// Days, and what a tie is on a day. Days are counted as in the data: 1 is the first of January of the year 1.

const EFFECT = 0, POSSIBLE = 1, PLANNED = 2, PAST = 3, NONE = 9;
const STATES = [
  { name: "effect", label: "in effect" },
  { name: "possible", label: "possibly in effect" },
  { name: "planned", label: "announced or planned" },
  { name: "past", label: "over, suspended, cancelled" },
];

const NO_BEGIN = 1, NO_END = 3652059; // stand for "no bound"
const UNIX = 719163; // the first of January 1970
const DAY = 86400000;

const isoDay = (day) => new Date((day - UNIX) * DAY).toISOString().slice(0, 10);
const dayOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY) + UNIX;
const dayWords = (day) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
  .format(new Date((day - UNIX) * DAY));

// A date of the data in words: a plain day comes without them.
const whenWords = (when) => whens[when][1] ?? dayWords(dayOf(whens[when][0]));

// The state of a set of phases in a span of days: in effect whatever the doubtful dates are, for some settlement of them, …
function stateOf(set, [first, last]) {
  let state = NONE, over = false;
  for (const [status, inEffect, begin0, begin1, end0, end1] of set) {
    const possibly = begin0 <= last && end1 >= first;
    if (inEffect) {
      if (begin1 <= last && end0 >= first) return EFFECT;
      if (possibly) state = Math.min(state, POSSIBLE);
      else over ||= end1 < first;
    } else if (status === "cancelled" || status === "suspended") {
      over ||= possibly;
    } else if (possibly) {
      state = Math.min(state, PLANNED);
    }
  }
  return state === NONE && over ? PAST : state;
}

// The first and last day on which something on the page changes.
function daysOfChange() {
  let first = page.asOf.days[0], last = page.asOf.days[1];
  for (const phase of phases) {
    for (const day of phase.slice(2)) {
      if (day > NO_BEGIN && day < NO_END) {
        first = Math.min(first, day);
        last = Math.max(last, day);
      }
    }
  }
  return [first, last];
}
