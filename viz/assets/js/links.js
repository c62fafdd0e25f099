// Lines of the map. A link is all ties of one layer between two actors. A fact with many parties is drawn as a hub with a spoke to
// each party: NATO's 32 members are 32 lines, not 496; its pairs are drawn when one of its parties is looked at.

const links = new Map();
const hubs = new Map();
const linksOf = actors.map(() => []);

for (const [factNumber, phaseNumber, directed, types, ends] of page.ties) {
  const fact = facts[factNumber];
  for (let at = 0; at < ends.length; at += 2) {
    const tie = { fact, phases: phaseNumber, directed: Boolean(directed), types: types || (fact.types ?? []), left: ends[at], right: ends[at + 1] };
    linkFor(tie).ties.push(tie);
    if (fact.hub) addSpokes(fact, tie);
  }
}
spreadLinks();

function linkFor({ fact, left, right }) {
  const [low, high] = left < right ? [left, right] : [right, left];
  const key = `${low}-${high}-${fact.kind}`;
  let link = links.get(key);
  if (!link) {
    link = { key, kind: fact.kind, left: low, right: high, ties: [], all: null, direct: null, lane: 0 };
    links.set(key, link);
    linksOf[low].push(link);
    linksOf[high].push(link);
  }
  return link;
}

function addSpokes(fact, tie) {
  let hub = hubs.get(fact.number);
  if (!hub) {
    hub = { fact, kind: fact.kind, x: fact.hub[0], y: fact.hub[1], around: fact.hub[2], spokes: new Map(), state: NONE };
    hubs.set(fact.number, hub);
  }
  for (const actor of [tie.left, tie.right]) {
    if (!hub.spokes.has(actor)) hub.spokes.set(actor, { hub, actor, kind: fact.kind, ties: [], state: NONE });
    hub.spokes.get(actor).ties.push(tie);
  }
}

// Links between the same two actors lie beside each other, the same layer always on the same side.
function spreadLinks() {
  const pairs = new Map();
  for (const link of links.values()) {
    const pair = `${link.left}-${link.right}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), link]);
  }
  for (const beside of pairs.values()) {
    beside.sort((a, b) => a.kind - b.kind);
    beside.forEach((link, at) => { link.lane = at - (beside.length - 1) / 2; });
  }
}

// What is chosen: the days, the layers, the states. `shown` and `hovered` are what is looked at.
const chosen = {
  days: page.asOf.days,
  kinds: new Set(kinds.keys()),
  states: new Set(STATES.keys()),
  type: page.only && { kind: page.only[0], name: page.only[1] }, // of one kind; other kinds are not asked for it
};

const ofType = (tie) => !chosen.type || tie.fact.kind !== chosen.type.kind || tie.types.includes(chosen.type.name);

// The best state of ties, and in how many facts they have it; null where none is to be seen.
function summary(ties, states) {
  let state = NONE;
  const count = new Set();
  for (const tie of ties) {
    const its = states[tie.phases];
    if (!chosen.states.has(its) || its > state || !ofType(tie)) continue;
    if (its < state) {
      state = its;
      count.clear();
    }
    count.add(tie.fact.number);
  }
  return state === NONE ? null : { state, facts: count.size };
}

// Work out every line's look for the chosen day, layers and states.
function update() {
  const states = phaseSets.map((set) => stateOf(set, chosen.days));
  for (const link of links.values()) {
    const wanted = chosen.kinds.has(link.kind);
    link.all = wanted ? summary(link.ties, states) : null;
    link.direct = wanted ? summary(link.ties.filter((tie) => !tie.fact.hub), states) : null;
  }
  for (const hub of hubs.values()) {
    hub.state = NONE;
    for (const spoke of hub.spokes.values()) {
      spoke.state = chosen.kinds.has(hub.kind) ? summary(spoke.ties, states)?.state ?? NONE : NONE;
      hub.state = Math.min(hub.state, spoke.state);
    }
  }
  for (const actor of actors) {
    actor.state = Math.min(NONE, ...linksOf[actor.number].map((link) => link.all?.state ?? NONE));
    actor.tied = actor.state !== NONE;
  }
  for (const fact of facts) fact.state = NONE;
  for (const link of links.values()) {
    for (const tie of link.ties) if (ofType(tie)) tie.fact.state = Math.min(tie.fact.state, states[tie.phases]);
  }
}
