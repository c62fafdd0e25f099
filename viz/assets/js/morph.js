// Two views of one graph: the map, and a network in which closeness means ties. `view.share` says how far it is from the first (0) to
// the second (1); on the way every mark moves straight from its place in the one to its place in the other.

for (const actor of actors) {
  actor.map = { x: actor.x, y: actor.y, around: actor.around };
  [actor.netX, actor.netY] = actor.arranged;
}

function between(thing, share) {
  const { map } = thing;
  thing.x = map.x + (thing.netX - map.x) * share;
  thing.y = map.y + (thing.netY - map.y) * share;
  // Only on the map is there a way round the globe.
  thing.around = share ? 0 : map.around;
}

function setShare(share) {
  view.share = share;
  for (const actor of actors) {
    between(actor, share);
    const node = view.network?.body.nodes[actor.id];
    if (node) Object.assign(node, { x: actor.x, y: actor.y }); // vis draws only what it holds to be inside the window
  }
  for (const hub of hubs) between(hub, share);
}

const MORPH = 700; // milliseconds from one view to the other
let morphing = 0;

// Go to a view, `map` or `network`, and show all of it there.
function showView(name, { animated = true, fit = true } = {}) {
  view.name = name;
  writeSoon();
  const goal = name === "network" ? 1 : 0, begun = view.share;
  byId("view-map").setAttribute("aria-pressed", String(!goal));
  byId("view-network").setAttribute("aria-pressed", String(Boolean(goal)));
  cancelAnimationFrame(morphing);
  if (!animated || quietly.matches) {
    setShare(goal);
    if (fit) fitAll(false);
    redrawSoon();
    return;
  }
  const from = { scale: view.network.getScale(), position: view.network.getViewPosition() };
  setShare(goal);
  const to = fit ? fitting() : from;
  const start = performance.now();
  const step = (now) => {
    const part = Math.min(1, (now - start) / MORPH), eased = part * part * (3 - 2 * part);
    setShare(part < 1 ? begun + (goal - begun) * eased : goal);
    const mix = (a, b) => a + (b - a) * eased;
    view.network.moveTo({
      scale: mix(from.scale, to.scale), position: { x: mix(from.position.x, to.position.x), y: mix(from.position.y, to.position.y) },
    });
    redraw();
    if (part < 1) morphing = requestAnimationFrame(step);
  };
  step(start);
}
