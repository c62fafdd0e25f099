// Layers, states, the legend of sizes and the day.

const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// A checkbox with a piece of line as it looks on the map.
function choice({ id, label, title, set, value, state, colour }) {
  const box = element("input", { type: "checkbox", id });
  box.checked = set.has(value);
  box.addEventListener("change", () => {
    if (box.checked) set.add(value);
    else set.delete(value);
    refresh(true);
  });
  const sample = svg("svg", { viewBox: "0 0 30 8", "aria-hidden": "true", class: `state-${state}` }, svg("path", { d: "M1 4H29" }));
  sample.style.setProperty("color", colour);
  const count = element("span", { class: "count", id: `${id}-count` });
  return element("label", { class: "choice", title }, box, sample, element("span", { text: label }), count);
}

function buildControls() {
  const present = new Set(facts.map((fact) => fact.kind));
  byId("layers").replaceChildren(byId("layers").firstElementChild, ...kinds.map((kind, number) => present.has(number)
    && choice({ id: `layer-${kind.name}`, label: sentence(kind.plural), title: kind.about, set: chosen.kinds, value: number, state: "effect", colour: colourOf(number) })).filter(Boolean));
  byId("states").replaceChildren(byId("states").firstElementChild, ...STATES.map((state, number) =>
    choice({ id: `state-${state.name}`, label: sentence(state.label), set: chosen.states, value: number, state: state.name, colour: theme.ink })));
  buildTypes();
  buildSources();
  buildRules();
  buildSizes();
  countFacts();
}

// The types that occur, by kind.
function buildTypes() {
  const select = byId("type");
  const groups = kinds.map((kind, number) => {
    const present = new Set(facts.filter((fact) => fact.kind === number).flatMap((fact) => fact.types));
    const options = Object.entries(kind.types).filter(([name]) => present.has(name));
    return options.length ? element("optgroup", { label: sentence(kind.plural) }, ...options.map(([name, about]) =>
      element("option", { value: `${number} ${name}`, text: words.only(name), title: about }))) : null;
  });
  select.replaceChildren(element("option", { value: "", text: words.allTypes }), ...groups.filter(Boolean));
  select.value = chosen.type ? `${chosen.type.kind} ${chosen.type.name}` : "";
  select.onchange = () => {
    const [kind, name] = select.value.split(" ");
    chosen.type = select.value ? { kind: Number(kind), name } : null;
    refresh(true);
  };
}

// The data sets and dossiers, and the single sources in them. They stand with the evidence, which is read a moment after the picture.
function buildSources() {
  const select = byId("source");
  if (evidenceRead === null) {
    setTimeout(() => { evidence(); buildSources(); }, 200);
    return;
  }
  const { sources } = evidence();
  const single = element("optgroup", { label: words.singleSources }, ...sources.map(({ id, title, publisher }) =>
    element("option", { value: id, text: words.only(`${publisher ? `${publisher}: ` : ""}${title}`).slice(0, 90) })));
  const collected = page.collections.length > 1 ? page.collections.map((name) => element("option", { value: name, text: words.only(name) })) : [];
  select.replaceChildren(element("option", { value: "", text: words.allSources }), ...collected, single);
  select.value = chosen.source;
  select.onchange = () => {
    chosen.source = select.value;
    refresh(true);
  };
}

// The rules that join other pairs than the page's own; where there is none, there is nothing to choose.
function buildRules() {
  const select = byId("rule");
  select.hidden = byId("rule-label").hidden = !page.rules.length;
  select.replaceChildren(...[page.rule, ...page.rules].map((name) =>
    element("option", { value: name === page.rule ? "" : name, text: words.byRule(name), title: words.rules[name] })));
  select.value = chosen.rule;
  select.title = words.rules[ruleInUse()];
  select.onchange = () => {
    chosen.rule = select.value;
    select.title = words.rules[ruleInUse()];
    refresh(true);
  };
}

// Facts that are drawn, by layer and by state; a layer that is off counts what it would show.
function countFacts() {
  const byKind = new Array(kinds.length).fill(0), byState = new Array(STATES.length).fill(0);
  for (const { kind, state } of facts) {
    if (state === NONE) continue;
    byKind[kind] += Number(chosen.states.has(state));
    byState[state] += Number(chosen.kinds.has(kind));
  }
  kinds.forEach((kind, number) => { const cell = byId(`layer-${kind.name}-count`); if (cell) cell.textContent = byKind[number]; });
  STATES.forEach((state, number) => { byId(`state-${state.name}-count`).textContent = byState[number]; });
}

function buildSizes() {
  const measured = actors.filter((actor) => actor.measure !== null).sort((a, b) => b.measure - a.measure);
  const drawing = svg("svg", { viewBox: "0 0 230 34", "aria-hidden": "true" });
  const steps = [measured[0], measured[Math.floor(measured.length / 8)], measured[Math.floor(measured.length / 2)]].filter(Boolean);
  const distinct = steps.filter((actor, at) => !at || actor.measure !== steps[at - 1].measure);
  let x = 14;
  for (const actor of distinct) {
    const text = svg("text", { x: x + actor.size + 5, y: 21 });
    text.textContent = number(actor.measure);
    drawing.append(svg("circle", { cx: x, cy: 17, r: actor.size }), text);
    x += 62;
  }
  const heading = page.measures.length > 1 ? sizeChoice() : element("h2", { text: words.size(measureName()) });
  const amid = actors.some((actor) => actor.how === "amid");
  const doubt = page.measures[sizing.number].ranges ? words.doubtRing : "";
  const when = sizing.number === LIVE ? "" : words.asOfThe(page.asOf.words);
  byId("sizes").replaceChildren(heading, drawing, element("p", { text: `${when}${doubt}${words.marks(amid, hubs.length > 0)}` }));
}

function sizeChoice() {
  const select = element("select", { id: "size", "aria-label": words.sizeLabel },
    ...page.measures.map(({ name }, at) => element("option", { value: at, text: words.size(name) })));
  select.value = sizing.number;
  select.addEventListener("change", () => {
    useSizing(Number(select.value));
    refresh();
    buildSizes();
    byId("size").focus();
  });
  return select;
}

// After a change of day, or (with `chosenAnew`) of layer, state, type, source or rule.
function refresh(chosenAnew = false) {
  if (chosenAnew) {
    choose();
    paintYears();
    provenance();
  }
  update();
  countFacts();
  headline();
  fillTable();
  refreshPanel();
  redrawSoon();
  writeSoon();
}

// What is in effect among all that is drawn, counted as a slice counts it: a tie is two actors in one fact.
function headline() {
  byId("as-of").textContent = words.headline(sentence(spanWords()), tally.ties, tally.actors, page.certainty === "possible");
}
