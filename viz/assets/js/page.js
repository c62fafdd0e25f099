// What the page was given, and the helper that builds its elements. Texts of the data only ever become text nodes.

const page = JSON.parse(document.getElementById("data").textContent);
const { actors, facts, kinds, sources, whens } = page;
actors.forEach((actor, number) => { actor.number = number; });
facts.forEach((fact, number) => { fact.number = number; });

// A set of phases is listed as numbers of phases, which many sets share.
const phases = page.phases.map(([status, ...days]) => [...page.statuses[status], ...days]);
const phaseSets = page.sets.map((set) => set.map((number) => phases[number]));

const byId = (id) => document.getElementById(id);

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

const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const isOrganization = (actor) => actor.group === "Organization";

// Actors are named by number; one that has no tie on the page by its id.
const nameOf = (actor) => (typeof actor === "number" ? actors[actor].label : actor);
// On the map an organization goes by its abbreviation.
const shortName = (actor) => (isOrganization(actor) ? actor.id : actor.label);

// Measures are shown as people write them: whole numbers whole, others with three digits that matter.
function number(value) {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}
