// What the page was given, and the helper that builds its elements. Texts of the data only ever become text nodes.

const byId = (id) => document.getElementById(id);

const page = JSON.parse(byId("data").textContent);
const { actors, kinds } = page;
actors.forEach((actor, number) => { actor.number = number; });

const facts = page.facts.map(([id, kind, title, types, step, hub, label, names], number) => (
  { number, id, kind, title, types: page.types[types], step, hub, label, names, state: 0 }));

// The evidence is read when somebody first asks for it.
let evidenceRead = null;
function evidence() {
  evidenceRead ??= JSON.parse(byId("evidence-data").textContent);
  return evidenceRead;
}

// What is told of one fact: its parties, steps, disputes and statements.
function evidenceOf(fact) {
  const { facts: all, parties, says, manners, places } = evidence();
  const listed = (list) => (numbers) => (numbers || []).map((number) => list[number]);
  const [partiesOf, stepsOf] = [listed(parties), listed(says)];
  const [members, steps, statements, disputes] = all[fact.number];
  return {
    parties: partiesOf(members), steps: stepsOf(steps), disputes: disputes || [],
    statements: (statements || []).map(([manner, [wording, ...numbers], own, said, rest]) => {
      const [source, method, confidence] = manners[manner];
      const place = places[wording].replace(/#/g, (sign) => (numbers.length ? numbers.shift() : sign));
      return { source, method, confidence, place, parties: own?.length ? partiesOf(own) : null, says: stepsOf(said), ...rest };
    }),
  };
}

// An element with attributes and children; `text` and listeners (`onclick`) are set as properties.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function swatch(kind) {
  const made = element("span", { class: "swatch", "aria-hidden": "true" });
  made.style.setProperty("background", colourOf(kind));
  return made;
}

const isOrganization = (actor) => actor.group === "Organization";

// Actors are named by number; one that has no tie on the page by its id.
const nameOf = (actor) => (typeof actor === "number" ? actors[actor].label : actor);
// On the map an organization goes by its abbreviation.
const shortName = (actor) => (isOrganization(actor) ? actor.id : actor.label);

// Measures are shown as people write them: whole numbers whole, others with three digits that matter.
function number(value) {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}
