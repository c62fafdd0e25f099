// The panel: what is known of the actor, tie or fact that was chosen, who says so and where they disagree.

const panel = byId("evidence");
let returnTo = null;

// Show something: { actor }, { link }, { hub } or { fact }; null closes.
function show(what, { focus = false } = {}) {
  view.about = what;
  writeSoon();
  view.shown = what && what.fact ? lookAtFact(what.fact) : what;
  view.hovered = null;
  if (!what) {
    panel.hidden = true;
    redrawSoon();
    returnTo?.focus();
    returnTo = null;
    return;
  }
  if (panel.hidden) returnTo = document.activeElement === document.body ? null : document.activeElement;
  fillPanel(what);
  byId("evidence-body").scrollTop = 0;
  panel.hidden = false;
  if (view.shown) reveal(view.shown);
  if (focus) byId("evidence-title").focus({ preventScroll: true });
  redrawSoon();
}

function fillPanel(what) {
  const [title, ...body] = what.actor ? aboutActor(what.actor) : what.link ? aboutLink(what.link) : aboutFact(what.fact ?? what.hub.fact);
  byId("evidence-title").textContent = title;
  byId("evidence-body").replaceChildren(...body);
}

// After a change of day or filter: what is known of an actor or a tie is other facts then; while playing it waits for the end.
function refreshPanel() {
  if (!view.about || playing || view.about.fact || view.about.hub) return;
  const { scrollTop } = byId("evidence-body");
  fillPanel(view.about);
  byId("evidence-body").scrollTop = scrollTop;
}

// What is lit for a fact: its pact, or the link between its two parties.
function lookAtFact(fact) {
  if (fact.mark) return { hub: fact.mark };
  const tie = ties.fact.indexOf(fact.number);
  return tie < 0 ? null : { link: links[ties.link[tie]] };
}

function aboutActor(actor) {
  const own = linksOf[actor.number].filter((link) => link.state !== NONE);
  const measure = actor.measure === null ? "" : words.measured(measureWords(actor), sizing.number === LIVE ? spanWords() : page.asOf.words);
  const kind = isOrganization(actor) ? words.organization : words.state;
  const ties = own.length ? words.withActors(partnersOf(actor, own).length) : words.noTies;
  const place = actor.how === "amid" ? words.amidIts : "";
  const nodes = [element("p", { class: "lead", text: [`${kind} ${actor.id}.`, ties, measure, place].filter(Boolean).join(" ") })];
  const chart = standingChart(actor);
  if (chart) nodes.push(chart);
  for (const kindNumber of kinds.keys()) {
    const layer = own.filter((link) => link.kind === kindNumber);
    if (layer.length) nodes.push(...actorLayer(actor, kindNumber, layer));
  }
  return [actor.label, ...nodes];
}

function partnersOf(actor, own) {
  return [...new Set(own.map((link) => (link.left === actor.number ? link.right : link.left)))];
}

function actorLayer(actor, kind, layer) {
  const told = seenFacts(layer);
  told.sort((a, b) => a.state - b.state || a.number - b.number);
  const heading = element("h3", { class: "group" }, swatch(kind), words.factsAmong(told.length, kinds[kind]));
  const others = layer.map((link) => [link, actors[link.left === actor.number ? link.right : link.left]]);
  others.sort((a, b) => a[0].state - b[0].state || shortName(a[1]).localeCompare(shortName(b[1]), "en"));
  const list = element("ul", { class: "partners", "aria-label": words.partnersIn(kinds[kind]) });
  for (const [link, other] of others) {
    list.append(element("li", {}, element("button", { type: "button", text: shortName(other), title: `${actor.label} – ${other.label}: ${STATES[link.state].label}`, onclick: () => show({ link }, { focus: true }) })));
  }
  return [heading, list, ...told.map((fact) => factBlock(fact, false))];
}

function aboutLink(link) {
  const [left, right] = [actors[link.left], actors[link.right]];
  const told = seenFacts([link]);
  const state = link.state !== NONE ? STATES[link.state].label : words.notThere;
  const text = words.onDay(words.factsAmong(told.length, kinds[link.kind]), spanWords(), state);
  const ends = element("p", { class: "lead" }, words.about, ...ends2(left, right));
  return [`${left.label} – ${right.label}`, element("p", { class: "lead", text }), ends, ...told.map((fact) => factBlock(fact, told.length < 3))];
}

function ends2(left, right) {
  return [actorButton(left), words.and, actorButton(right)];
}

function actorButton(actor) {
  return element("button", { type: "button", class: "inline", text: actor.label, onclick: () => chooseActor(actor) });
}

function aboutFact(fact) {
  return [fact.title, factBlock(fact, true, false)];
}

// One fact; what is inside is only made when it is opened.
function factBlock(fact, open, titled = true) {
  const fill = () => { if (block.open && block.childElementCount < 2) block.append(factInside(fact)); };
  const status = Object.keys(kinds[fact.kind].steps)[fact.step]?.replaceAll("_", " ");
  const small = element("small", { text: [kinds[fact.kind].name, fact.types.join(", "), status && words.lastStep(status)].filter(Boolean).join(" · ") });
  const flag = evidenceOf(fact).disputes.length ? element("span", { class: "flag", text: words.disagree }) : null;
  const block = element("details", { class: "fact" }, element("summary", {}, swatch(fact.kind), element("span", {}, titled ? element("b", { text: fact.title }) : null, small, flag)));
  block.addEventListener("toggle", fill);
  block.open = open;
  fill();
  return block;
}

function factInside(fact) {
  const inside = element("div", { class: "inside" }), { disputes, steps, statements } = evidenceOf(fact);
  if (fact.names) inside.append(element("p", { class: "lead", text: words.alsoCalled(fact.names) }));
  for (const dispute of disputes) inside.append(disputeBlock(dispute));
  inside.append(element("h4", { text: words.status }), stepTable(steps, kinds[fact.kind]));
  inside.append(element("h4", { text: words.partiesHead }), partyList(fact));
  inside.append(element("h4", { text: words.sourcesSay(statements.length) }), accountList(fact));
  inside.append(element("p", { class: "lead", text: words.factId(fact.id) }));
  return inside;
}

function stepTable(steps, kind) {
  const table = element("table", { class: "steps" });
  for (const [name, when, between, disputed] of steps) {
    table.append(element("tr", {}, element("th", { scope: "row", title: kind.steps[name], text: sentence(name) }), whenCell(when, between, disputed)));
  }
  if (!steps.length) table.append(element("tr", {}, element("td", { text: words.noStep })));
  return table;
}

// The parties that a step is confined to, or nothing.
const onlyBetween = (between) => (between?.length ? words.onlyBetween(between.map(nameOf)) : "");

function whenCell(when, between, disputed) {
  const cell = element("td", { text: whenWords(when) });
  cell.append(element("span", { class: "edtf", text: [whenText(when), onlyBetween(between)].filter(Boolean).join(" · ") }));
  if (disputed) cell.append(element("span", { class: "flag", text: words.disagree }));
  return cell;
}

function partyList(fact) {
  const list = element("ul", { class: "partners" });
  for (const party of evidenceOf(fact).parties) {
    const text = partyWords(party, kinds[fact.kind]);
    list.append(element("li", {}, element("button", { type: "button", text, onclick: () => { if (typeof party[0] === "number") chooseActor(actors[party[0]]); } })));
  }
  return list;
}

// A party with its role where that is not the usual one, its pledges and its own dates.
function partyWords([party, role, pledges, when], kind) {
  const text = [nameOf(party), role !== Object.keys(kind.roles)[0] && `(${role})`, pledges && words.pledges(pledges), when !== undefined && whenWords(when)];
  return text.filter(Boolean).join(" ");
}

// Every account of a property, those that say the same beside each other.
function disputeBlock([name, accounts, between]) {
  const table = element("table", {});
  for (const value of [...new Set(accounts.map(([said]) => said))].sort()) {
    const cell = element("td", {}, ...accounts.filter(([said]) => said === value).map(([, source]) => element("div", {}, sourceName(source))));
    table.append(element("tr", {}, element("th", { scope: "row", text: value }), cell));
  }
  return element("div", { class: "conflict" }, element("h4", { text: [words.disagreeOn(sentence(name)), onlyBetween(between)].filter(Boolean).join(", ") }), table);
}

function accountList(fact) {
  return element("ul", { class: "accounts" }, ...evidenceOf(fact).statements.map((statement) => account(statement, kinds[fact.kind])));
}

function account(statement, kind) {
  const item = element("li", {}, sourceName(statement.source));
  const source = evidence().sources[statement.source];
  const made = [source.publisher, source.date, source.version].filter(Boolean).join(", ");
  if (made) item.append(element("small", { text: made }));
  item.append(element("small", { text: `${statement.place ? words.at(statement.place) : ""}${statement.words ? "" : words.noWords}` }));
  if (statement.words) item.append(element("q", { text: statement.words }));
  if (statement.says.length) item.append(stepTable(statement.says, kind));
  for (const [name, values] of differing(statement, kind)) item.append(element("small", { text: `${name}: ${values.join("; ")}` }));
  for (const [name, values] of statement.properties ?? []) item.append(element("small", { text: `${sentence(name)}: ${values.join("; ")}` }));
  for (const [property, was, rule] of statement.repairs ?? []) {
    item.append(element("small", { text: words.repaired(sentence(property), was, rule) }));
  }
  const doubt = [statement.method && words.readBy(statement.method), statement.confidence != null && words.confidence(statement.confidence)].filter(Boolean);
  if (doubt.length) item.append(element("small", { text: doubt.join(", ") }));
  return item;
}

// The names, types and parties that a statement gives where they are not those of the fact as a whole.
function differing({ names, types, parties }, kind) {
  const lines = [[words.calls, names], [words.ownTypes, types], [words.ownParties, parties?.map((party) => partyWords(party, kind))]];
  return lines.filter(([, values]) => values);
}

// A source's title, as a link where its address is one of the web.
function sourceName(at) {
  const source = evidence().sources[at];
  if (/^https?:\/\//i.test(source.url ?? "")) {
    return element("a", { href: source.url, target: "_blank", rel: "noopener noreferrer", text: source.title, title: source.citation });
  }
  return element("span", { text: source.title, title: source.citation });
}

const sentence = (name) => { const words = name.replaceAll("_", " "); return words.charAt(0).toUpperCase() + words.slice(1); };

function chooseActor(actor, { centre = true } = {}) {
  show({ actor }, { focus: true });
  if (centre) {
    const scale = Math.max(view.network.getScale(), view.fitted);
    moveTo(actor.x, actor.y, scale);
  }
}
