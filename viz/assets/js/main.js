// Start: wire the map, the keys and the panel together.

function provenance() {
  byId("provenance").textContent = `${words.provenance().join(" · ")}.`;
}

// The pointer's place on the map, in pixels.
function pointer(event) {
  const box = mapElement.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function hover(event) {
  if (event.pointerType === "touch" || event.buttons) return;
  const at = pointer(event), found = under(at);
  const same = found?.actor === view.hovered?.actor && found?.link === view.hovered?.link && found?.hub === view.hovered?.hub;
  if (!same) {
    view.hovered = found;
    mapElement.classList.toggle("over", Boolean(found));
    redrawSoon();
  }
  tip(found, at);
}

function tip(found, at) {
  const tipElement = byId("tip");
  tipElement.hidden = !found;
  if (!found) return;
  const [head, note] = tipWords(found);
  tipElement.replaceChildren(head, element("span", { text: note }));
  const right = byId("evidence").hidden || narrow.matches ? mapElement.clientWidth : byId("evidence").offsetLeft;
  const left = at.x + 14 + tipElement.offsetWidth + 8 > right ? Math.max(4, at.x - 14 - tipElement.offsetWidth) : at.x + 14;
  const top = at.y + 18 + tipElement.offsetHeight > mapElement.clientHeight ? at.y - tipElement.offsetHeight - 10 : at.y + 18;
  tipElement.style.setProperty("transform", `translate(${Math.round(left)}px, ${Math.round(top)}px)`);
}

function tipWords({ actor, link, hub }) {
  if (actor) return [actor.label, measureWords(actor)];
  if (hub) return [hub.fact.title, `${kinds[hub.kind].name}, ${words.parties(hub.spokes.filter((spoke) => spoke.state !== NONE).length)}, ${STATES[hub.state].label}`];
  return [`${actors[link.left].label} – ${actors[link.right].label}`, `${words.ofKind(link.facts, kinds[link.kind])} ${STATES[link.state].label}`];
}

function leave() {
  if (view.hovered) {
    view.hovered = null;
    redrawSoon();
  }
  byId("tip").hidden = true;
}

const MAP_KEYS = {
  ArrowLeft: () => panBy(-60, 0), ArrowRight: () => panBy(60, 0), ArrowUp: () => panBy(0, -60), ArrowDown: () => panBy(0, 60),
  "+": () => zoomBy(1.4), "=": () => zoomBy(1.4), "-": () => zoomBy(1 / 1.4), 0: () => fitAll(),
  ",": () => stepTo(-1), ".": () => stepTo(1), " ": () => (playing ? stop() : play()),
  v: () => showView(view.name === "map" ? "network" : "map"),
};

function wire() {
  mapElement.addEventListener("pointermove", hover);
  mapElement.addEventListener("pointerleave", leave);
  view.network.on("click", ({ pointer: { DOM } }) => { leave(); show(under(DOM)); });
  view.network.on("dragStart", () => { view.touched = true; leave(); });
  view.network.on("dragEnd", writeSoon);
  view.network.on("zoom", () => { view.touched = true; leave(); zoomBy(1); writeSoon(); });
  view.network.on("resize", () => { if (!view.touched) fitAll(false, false); });
  mapElement.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in MAP_KEYS)) return;
    event.preventDefault();
    MAP_KEYS[event.key]();
    writeSoon();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && view.shown) show(null); });
  byId("close").addEventListener("click", () => show(null));
  for (const name of ["map", "network"]) byId(`view-${name}`).addEventListener("click", () => showView(name));
  byId("closer").addEventListener("click", () => zoomBy(1.6));
  byId("farther").addEventListener("click", () => zoomBy(1 / 1.6));
  byId("whole").addEventListener("click", () => fitAll());
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); buildControls(); redrawSoon(); });
}

// For tests and for people at the console: where things are on the screen, and how soon the first picture was there.
window.comity = {
  firstPicture: null,
  positionOf: (id) => onScreen(standOf(actorOf.get(id))),
  middleOf(left, right, kind) {
    const ends = [left, right].map((id) => actorOf.get(id).number).sort((a, b) => a - b);
    const link = links.find((one) => one.left === ends[0] && one.right === ends[1] && kinds[one.kind].name === kind);
    return onScreen(pointOn(piecesOf({ link }, pixel())[0], 0.5));
  },
  drawn() {
    const found = [];
    eachLine((line) => found.push({
      kind: kinds[line.kind].name, state: STATES[line.state].name, pieces: piecesOf(line, pixel()).length,
      ends: line.link ? [actors[line.link.left].id, actors[line.link.right].id] : [actors[line.spoke.actor].id, line.spoke.hub.fact.id],
    }));
    return found;
  },
};

function onScreen(place) {
  const { x, y } = view.network.canvasToDOM(place), box = mapElement.getBoundingClientRect();
  return { x: x + box.left, y: y + box.top };
}

readTheme();
readAddress();
choose();
update();
byId("legend").open = !narrow.matches;
buildControls();
buildTime();
headline();
provenance();
openView();
view.network.on("beforeDrawing", paintBefore);
view.network.on("afterDrawing", (ctx) => {
  paintLabels(ctx);
  window.comity.firstPicture ??= performance.now();
});
wire();
placeView();
// What the first picture does not need comes after it.
setTimeout(paintYears);
