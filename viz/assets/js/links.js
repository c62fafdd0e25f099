// Lines of the map. A link is all ties of one layer between two actors. A fact with many parties is drawn as a hub with a spoke to
// each party: NATO's 32 members are 32 lines, not 496; its pairs are drawn when one of its parties is looked at.
// Ties stand in flat columns, because a step in time goes through all of them.

const tieNumber = page.ties.reduce((sum, row) => sum + row[4].length / 2, 0);
const ties = {
  fact: new Int32Array(tieNumber), set: new Int32Array(tieNumber), link: new Int32Array(tieNumber),
  types: new Int32Array(tieNumber), sureTypes: new Int32Array(tieNumber), // the types by some account, and those by every
  left: new Int32Array(tieNumber), right: new Int32Array(tieNumber), directed: new Uint8Array(tieNumber),
  leftSpoke: new Int32Array(tieNumber).fill(-1), rightSpoke: new Int32Array(tieNumber).fill(-1),
  rules: new Uint8Array(tieNumber), // which of page.rules join the two, as bits
  wanted: new Uint8Array(tieNumber), // by type, source and rule: not, for some account of its types, or whoever is right
};
const links = [], hubs = [], spokes = [];
const linksOf = actors.map(() => []);

(function readTies() {
  const byEnds = new Map(), counts = [];
  let tie = 0;
  for (const [factNumber, set, directed, types, ends, rules, sureTypes] of page.ties) {
    const fact = facts[factNumber], own = types < 0 ? page.facts[factNumber][3] : types;
    for (let at = 0; at < ends.length; at += 2, tie += 1) {
      const left = ends[at], right = ends[at + 1], link = linkOf(byEnds, fact.kind, left, right);
      ties.fact[tie] = factNumber;
      ties.set[tie] = set;
      ties.types[tie] = own;
      ties.sureTypes[tie] = sureTypes ?? own;
      ties.link[tie] = link.number;
      ties.left[tie] = left;
      ties.right[tie] = right;
      ties.directed[tie] = directed;
      ties.rules[tie] = rules ?? 0;
      counts[link.number] = (counts[link.number] ?? 0) + 1;
      if (fact.hub) {
        ties.leftSpoke[tie] = spokeOf(fact, left);
        ties.rightSpoke[tie] = spokeOf(fact, right);
      }
    }
  }
  // The ties of a link stand together: link.from until link.to in `order`.
  let from = 0;
  links.forEach((link) => { link.from = link.to = from; from += counts[link.number]; });
  ties.order = new Int32Array(tieNumber);
  for (let one = 0; one < tieNumber; one += 1) ties.order[links[ties.link[one]].to++] = one;
  spreadLinks();
})();

function linkOf(byEnds, kind, left, right) {
  const [low, high] = left < right ? [left, right] : [right, left];
  const key = (kind * actors.length + low) * actors.length + high;
  let link = byEnds.get(key);
  if (!link) {
    link = { number: links.length, kind, left: low, right: high, lane: 0, state: NONE, facts: 0, direct: NONE, directFacts: 0 };
    byEnds.set(key, link);
    links.push(link);
    linksOf[low].push(link);
    linksOf[high].push(link);
  }
  return link;
}

// The number of a party's spoke to its fact's hub; the hub is made with its first.
function spokeOf(fact, actor) {
  fact.mark ??= addHub(fact);
  let spoke = fact.mark.byActor.get(actor);
  if (!spoke) {
    spoke = { number: spokes.length, hub: fact.mark, actor, kind: fact.kind, state: NONE };
    fact.mark.byActor.set(actor, spoke);
    fact.mark.spokes.push(spoke);
    spokes.push(spoke);
  }
  return spoke.number;
}

function addHub(fact) {
  const [x, y, around, netX, netY] = fact.hub;
  const hub = { number: hubs.length, fact, kind: fact.kind, x, y, around, map: { x, y, around }, netX, netY, byActor: new Map(), spokes: [], state: NONE };
  hubs.push(hub);
  return hub;
}

// Links between the same two actors lie beside each other, the same layer always on the same side.
function spreadLinks() {
  const pairs = new Map();
  for (const link of links) {
    const pair = link.left * actors.length + link.right;
    if (pairs.has(pair)) pairs.get(pair).push(link);
    else pairs.set(pair, [link]);
  }
  for (const beside of pairs.values()) {
    beside.sort((a, b) => a.kind - b.kind);
    beside.forEach((link, at) => { link.lane = at - (beside.length - 1) / 2; });
  }
}

// What is chosen: the days, the layers, the states, a type, a source and a tie rule. What is looked at stands in `view`.
const chosen = {
  days: page.asOf.days,
  kinds: new Set(kinds.keys()),
  states: new Set(STATES.keys()),
  type: page.only && { kind: page.only[0], name: page.only[1] }, // of one kind; other kinds are not asked for it
  source: "",
  rule: "", // one of page.rules; none: the rule that the page was made by
};

const PERHAPS = 1, SURELY = 2; // how a tie is wanted
const BEYOND = 128; // the bit of two whom the page's own rule keeps apart
const ruleInUse = () => chosen.rule || page.rule;

// Work out which ties the type, the source and the rule leave; a step in time has nothing to do with it.
function choose() {
  const { type, source, rule } = chosen;
  const typed = page.types.map((types) => !type || types.includes(type.name));
  const told = source ? tellers(source) : null, bit = rule ? 1 << page.rules.indexOf(rule) : 0;
  for (let tie = 0; tie < tieNumber; tie += 1) {
    const fact = facts[ties.fact[tie]];
    const any = !type || type.kind !== fact.kind; // of whatever type
    ties.wanted[tie] = (any || typed[ties.types[tie]]) && (!told || told[fact.number])
      && (bit ? ties.rules[tie] & bit : ties.rules[tie] < BEYOND) ? (any || typed[ties.sureTypes[tie]] ? SURELY : PERHAPS) : 0;
  }
}

// The state of a tie on the chosen days: what is of the type by some accounts alone is possible, never certain.
function stateOfTie(tie) {
  const state = ties.wanted[tie] ? setStates[ties.set[tie]] : NONE;
  return state === EFFECT && ties.wanted[tie] === PERHAPS ? POSSIBLE : state;
}

// Which facts a source, or any source of a collection, tells of.
function tellers(name) {
  const { facts: all, manners, sources } = evidence();
  const own = sources.map(({ id }) => id === name || id.startsWith(`${name}:`));
  return all.map(([, , statements]) => (statements || []).some(([manner]) => own[manners[manner][0]]));
}

const tally = { ties: 0, actors: 0 };

// Work out every line's look for the chosen day, layers and states.
function update() {
  lookAtSets(chosen.days);
  const shown = STATES.map((_, state) => chosen.states.has(state));
  const counted = page.certainty === "possible" ? POSSIBLE : EFFECT;
  const reached = new Uint8Array(actors.length);
  for (const actor of actors) actor.state = NONE;
  for (const fact of facts) fact.state = NONE;
  for (const spoke of spokes) spoke.state = NONE;
  tally.ties = 0;
  for (const link of links) {
    link.state = link.direct = NONE;
    link.facts = link.directFacts = 0;
    const on = chosen.kinds.has(link.kind);
    let last = -1;
    for (let at = link.from; at < link.to; at += 1) {
      const tie = ties.order[at], state = stateOfTie(tie);
      if (state === NONE) continue;
      const fact = facts[ties.fact[tie]];
      if (state < fact.state) fact.state = state;
      if (!on || !shown[state]) continue;
      if (state <= counted) {
        tally.ties += 1;
        reached[link.left] = reached[link.right] = 1;
      }
      const again = fact.number === last; // a fact with ties in both directions is one fact
      last = fact.number;
      if (state < link.state) [link.state, link.facts] = [state, 1];
      else if (state === link.state && !again) link.facts += 1;
      const left = ties.leftSpoke[tie];
      if (left < 0) {
        if (state < link.direct) [link.direct, link.directFacts] = [state, 1];
        else if (state === link.direct && !again) link.directFacts += 1;
        continue;
      }
      const right = ties.rightSpoke[tie];
      if (state < spokes[left].state) spokes[left].state = state;
      if (state < spokes[right].state) spokes[right].state = state;
    }
    if (link.state < actors[link.left].state) actors[link.left].state = link.state;
    if (link.state < actors[link.right].state) actors[link.right].state = link.state;
  }
  measureLive(counted);
  tally.actors = reached.reduce((sum, one) => sum + one, 0);
  for (const actor of actors) actor.tied = actor.state !== NONE;
  for (const hub of hubs) hub.state = hub.spokes.reduce((least, spoke) => Math.min(least, spoke.state), NONE);
}

// The ties of a link that are to be seen, as numbers.
function seenTies(link) {
  return [...ties.order.subarray(link.from, link.to)].filter((tie) => chosen.states.has(stateOfTie(tie)));
}

// The facts behind those, each once.
const seenFacts = (of) => [...new Set(of.flatMap(seenTies).map((tie) => facts[ties.fact[tie]]))];
