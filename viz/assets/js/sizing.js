// How large actors are: one of the measures that were worked out beforehand, with its doubt as a ring.

const sizing = { number: 0 };

function useSizing(number) {
  sizing.number = number;
  const { radii, values, outer } = page.measures[number];
  actors.forEach((actor, at) => {
    actor.size = radii[at];
    actor.measure = values[at];
    actor.outer = outer?.[at] ?? 0;
  });
}

const measureName = () => page.measures[sizing.number].name;
const rangeOf = (actor) => page.measures[sizing.number].ranges?.[actor.number] ?? null;

// A measure in words, with the range in which doubt leaves it.
function measureWords(actor) {
  if (actor.measure === null) return words.notMeasured;
  const range = rangeOf(actor), doubt = range && range[0] !== range[1] ? words.inDoubt(...range.map(number)) : "";
  return `${sentence(measureName())}: ${number(actor.measure)}${doubt}`;
}

// One more measure, worked out here for whatever day and filters are chosen: with how many others an actor has a tie.
const LIVE = page.measures.push({ name: words.live, live: true, values: actors.map(() => null), radii: actors.map(() => 0) }) - 1;
const pairSeen = new Uint8Array(actors.length * actors.length), partners = new Int32Array(actors.length);
const SMALL = 2.2, LARGE = 9, SMALL_ORGANIZATION = 3.6; // radii as in viz/network.py

function measureLive(counted) {
  if (sizing.number !== LIVE) return;
  pairSeen.fill(0);
  partners.fill(0);
  for (const link of links) {
    const pair = link.left * actors.length + link.right;
    if (link.state > counted || pairSeen[pair]) continue;
    pairSeen[pair] = 1;
    partners[link.left] += 1;
    partners[link.right] += 1;
  }
  const most = Math.max(1, ...partners), { values, radii } = page.measures[LIVE];
  actors.forEach((actor, at) => {
    values[at] = partners[at];
    radii[at] = Math.max(isOrganization(actor) ? SMALL_ORGANIZATION : SMALL, SMALL + (LARGE - SMALL) * Math.sqrt(partners[at] / most));
  });
  useSizing(LIVE);
}

useSizing(0);
