// Search by name or code: a combobox as the ARIA authoring practices describe it.

const field = byId("find"), results = byId("found");
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const entries = [
  ...actors.map((actor) => ({ actor, text: actor.label, note: actor.id, key: folded(`${actor.label} ${actor.id}`), code: folded(actor.id) })),
  ...facts.map((fact) => ({ fact, text: fact.title, note: kinds[fact.kind].name, key: folded([fact.title, ...(fact.names ?? [])].join(" ")), code: "" })),
];
let matches = [], active = -1;

// Codes first, then names and words that begin with the text, then the rest; actors before facts.
function rankOf(entry, text) {
  if (entry.code === text) return 0;
  const at = entry.key.indexOf(text);
  if (at < 0) return -1;
  const begins = at === 0 ? 1 : entry.key[at - 1] === " " ? 2 : 3;
  return begins + (entry.fact ? 3 : 0);
}

function search() {
  const text = folded(field.value.trim());
  matches = !text ? [] : entries.map((entry) => ({ entry, rank: rankOf(entry, text) })).filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.entry.text.localeCompare(b.entry.text, "en")).slice(0, 9).map(({ entry }) => entry);
  const options = matches.map((entry, at) => element("li", { id: `found-${at}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); pick(at); } },
    element("span", { text: entry.text }), element("span", { text: entry.note })));
  if (text && !matches.length) options.push(element("li", { class: "nothing", role: "option", "aria-disabled": "true", text: words.nothingFound }));
  results.replaceChildren(...options);
  results.hidden = !text;
  field.setAttribute("aria-expanded", String(Boolean(text)));
  mark(matches.length ? 0 : -1);
}

function mark(at) {
  active = at;
  [...results.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
  if (at < 0) field.removeAttribute("aria-activedescendant");
  else {
    field.setAttribute("aria-activedescendant", `found-${at}`);
    results.children[at].scrollIntoView({ block: "nearest" });
  }
}

function closeResults() {
  results.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function pick(at) {
  const entry = matches[at];
  if (!entry) return;
  field.value = entry.text;
  closeResults();
  if (entry.actor) chooseActor(entry.actor);
  else show({ fact: entry.fact }, { focus: true });
}

function searchKey(event) {
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves && matches.length) {
    event.preventDefault();
    if (results.hidden) search();
    else mark((active + moves[event.key] + matches.length) % matches.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    pick(active);
  } else if (event.key === "Escape" && !results.hidden) {
    event.stopPropagation();
    closeResults();
  }
}

field.addEventListener("input", search);
field.addEventListener("keydown", searchKey);
field.addEventListener("blur", closeResults);
