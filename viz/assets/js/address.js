// The state of the page in its address, after the number sign: a view can be linked, kept and cited. Only what differs from how the page
// opens is written; what an address names and the page does not have is passed over.

const opening = { kinds: [...chosen.kinds], states: [...chosen.states], type: chosen.type };

function written() {
  const parts = new URLSearchParams();
  if (!isAsOf()) parts.set("day", (isSpan() ? chosen.days : chosen.days.slice(0, 1)).map(isoDay).join("/"));
  if (view.name !== "map") parts.set("view", view.name);
  const names = (set, list) => [...set].sort((a, b) => a - b).map((number) => list[number].name).join(",");
  if (chosen.kinds.size !== opening.kinds.length) parts.set("layers", names(chosen.kinds, kinds));
  if (chosen.states.size !== opening.states.length) parts.set("states", names(chosen.states, STATES));
  if (chosen.type !== opening.type) parts.set("type", chosen.type ? `${kinds[chosen.type.kind].name}.${chosen.type.name}` : "");
  if (chosen.source) parts.set("source", chosen.source);
  if (chosen.rule) parts.set("rule", chosen.rule);
  if (sizing.number) parts.set("size", page.measures[sizing.number].name);
  if (view.about) parts.set("look", lookText(view.about));
  if (view.touched) {
    const { x, y } = view.network.getViewPosition();
    parts.set("at", [x.toFixed(0), y.toFixed(0), (view.network.getScale() / view.fitted).toFixed(2)].join(","));
  }
  return parts.toString();
}

function lookText({ actor, link, hub, fact }) {
  if (actor) return `actor:${actor.id}`;
  if (link) return `tie:${kinds[link.kind].name}:${actors[link.left].id}:${actors[link.right].id}`;
  return `fact:${(fact ?? hub.fact).id}`;
}

let writing = 0;
// Some time after a change: browsers allow few changes of the address a second.
function writeSoon() {
  clearTimeout(writing);
  writing = setTimeout(writeAddress, 250);
}

function writeAddress() {
  clearTimeout(writing);
  const text = written();
  // In a cell of a notebook the page has no address of its own.
  if (location.protocol === "about:" || text === location.hash.slice(1)) return;
  history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
}

// Choose all that the address names. The view of the network may still have to be opened: `lookAt` follows then.
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  chosen.days = daysFrom(parts.get("day")) ?? page.asOf.days;
  chosen.kinds = new Set(numbersOf(parts.get("layers"), kinds) ?? opening.kinds);
  chosen.states = new Set(numbersOf(parts.get("states"), STATES) ?? opening.states);
  chosen.type = parts.has("type") ? typeFrom(parts.get("type")) : opening.type;
  const source = parts.get("source");
  chosen.source = source && tellers(source).some(Boolean) ? source : "";
  chosen.rule = page.rules.includes(parts.get("rule")) ? parts.get("rule") : "";
  useSizing(Math.max(0, page.measures.findIndex(({ name }) => name === parts.get("size"))));
}

function daysFrom(text) {
  const days = text?.split("/").map(dayOf);
  if (!days || days.length > 2 || days.some(Number.isNaN)) return null;
  return [withinTime(Math.min(...days)), withinTime(Math.max(...days))];
}

function numbersOf(text, list) {
  if (text === null) return null;
  const names = text.split(",");
  return [...list.keys()].filter((number) => names.includes(list[number].name));
}

function typeFrom(text) {
  const [name, type] = text.split("."), kind = kinds.findIndex((one) => one.name === name);
  return kind >= 0 && Object.hasOwn(kinds[kind].types, type) ? { kind, name: type } : null;
}

// The rest, once the map is open: the view, what is looked at, and the part of the page that is seen.
function lookAsWritten() {
  const parts = new URLSearchParams(location.hash.slice(1));
  showView(parts.get("view") === "network" ? "network" : "map", { animated: false });
  const look = lookFrom(parts.get("look") ?? "");
  if (look || view.about) show(look);
  const [x, y, times] = (parts.get("at") ?? "").split(",").map(Number);
  if (times > 0) {
    view.network.moveTo({ position: { x, y }, scale: times * view.fitted });
    view.touched = true;
  }
}

function lookFrom(text) {
  const [sort, ...rest] = text.split(":");
  if (sort === "actor" && actorOf.has(rest[0])) return { actor: actorOf.get(rest[0]) };
  if (sort === "tie") {
    const [kind, ...ends] = rest;
    const link = links.find((one) => kinds[one.kind].name === kind && actors[one.left].id === ends[0] && actors[one.right].id === ends[1]);
    return link ? { link } : null;
  }
  const fact = sort === "fact" && facts.find(({ id }) => id === rest.join(":"));
  return fact ? { fact } : null;
}

window.addEventListener("hashchange", ({ newURL }) => {
  const { hash } = new URL(newURL);
  if (written() === hash.slice(1)) return;
  // What was still to be written of the view before must not take the place of the link that was followed.
  clearTimeout(writing);
  if (location.hash !== hash) history.replaceState(null, "", hash || location.pathname + location.search);
  readAddress();
  showDays();
  buildControls();
  refresh(true);
  lookAsWritten();
});
