// Saving what is seen: as a picture (PNG, SVG), as a graph for other programs (GraphML, GEXF), or as a table (CSV).

const CAPTION = 64; // pixels below the picture for what it shows

function captionLines() {
  const layers = kinds.filter((_, kind) => chosen.kinds.has(kind) && facts.some((fact) => fact.kind === kind && fact.state !== NONE));
  return [
    `${page.title}. ${byId("as-of").textContent}.`,
    words.captionAsked(layers.map(({ plural }) => plural), chosen.type?.name, measureName()), words.captionData(),
  ];
}

// All that is seen, drawn once more on another canvas, with nothing over it and its caption below.
function paintScene(ctx, width, height, ratio) {
  const scale = view.network.getScale(), middle = view.network.canvasToDOM({ x: 0, y: 0 });
  ctx.fillStyle = theme.page;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillRect(0, 0, width, height + CAPTION);
  ctx.setTransform(scale * ratio, 0, 0, scale * ratio, middle.x * ratio, middle.y * ratio);
  view.lighted = lit();
  if (view.share < 1) paintWorld(ctx);
  paintRow(ctx, pixel());
  paintLines(ctx);
  paintHubs(ctx);
  for (const actor of inDrawingOrder()) drawActor({ ctx, id: actor.id }).drawNode?.();
  ctx.globalAlpha = 1;
  paintLabels(ctx, { ratio, width, height, open: true });
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintCaption(ctx, width, height);
}

function paintCaption(ctx, width, height) {
  ctx.fillStyle = theme.page;
  ctx.fillRect(0, height, width, CAPTION);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  captionLines().forEach((line, at) => {
    ctx.font = `${at ? 500 : 650} ${at ? 11 : 12.5}px ${theme.sans}`;
    ctx.fillStyle = at ? theme.quiet : theme.ink;
    ctx.fillText(line, 16, height + 14 + 18 * at);
  });
  let x = width - 16;
  for (const kind of [...kinds.keys()].reverse().filter((number) => chosen.kinds.has(number) && facts.some((fact) => fact.kind === number && fact.state !== NONE))) {
    const text = sentence(kinds[kind].plural);
    ctx.font = `500 11px ${theme.sans}`;
    x -= ctx.measureText(text).width;
    ctx.fillStyle = theme.ink;
    ctx.fillText(text, x, height + 14);
    ctx.strokeStyle = colourOf(kind);
    ctx.lineWidth = 2.4;
    ctx.beginPath();
    ctx.moveTo(x - 24, height + 14);
    ctx.lineTo(x - 6, height + 14);
    ctx.stroke();
    x -= 40;
  }
}

const sceneSize = () => [mapElement.clientWidth, mapElement.clientHeight];

function svgText() {
  const [width, height] = sceneSize(), ctx = new SvgCanvas(width, height + CAPTION);
  paintScene(ctx, width, height, 1);
  return ctx.toString();
}

function pngBlob() {
  const [width, height] = sceneSize(), canvas = document.createElement("canvas"), ratio = 2;
  Object.assign(canvas, { width: width * ratio, height: (height + CAPTION) * ratio });
  paintScene(canvas.getContext("2d"), width, height, ratio);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

const seenLinks = () => links.filter((link) => link.state !== NONE);

function csvText() {
  const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const head = ["left", "left_name", "right", "right_name", "layer", "state", "facts", "fact_ids", "day_first", "day_last", "rule", "policy", "same_from", "known_on", "revision"];
  const rows = seenLinks().map((link) => {
    const [left, right] = [actors[link.left], actors[link.right]], seen = seenFacts([link]);
    return [left.id, left.label, right.id, right.label, kinds[link.kind].name, STATES[link.state].name, seen.map(({ title }) => title).join("; "),
      seen.map(({ id }) => id).join("; "), ...chosen.days.map(isoDay), ruleInUse(), page.policy, String(page.sameFrom), page.knownOn, page.revision];
  });
  return `${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function graphmlText() {
  const keys = [["name", "node", "string"], ["label", "node", "string"], ["size", "node", "double"], ["kind", "edge", "string"], ["state", "edge", "string"], ["facts", "edge", "string"]];
  const declared = keys.map(([name, on, type]) => `<key id="${on}-${name}" for="${on}" attr.name="${name}" attr.type="${type}"/>`);
  const data = (on, values) => Object.entries(values).filter(([, value]) => value !== null).map(([name, value]) => `<data key="${on}-${name}">${xml(value)}</data>`).join("");
  const nodes = actors.filter(({ tied }) => tied).map((actor) =>
    `<node id="${xml(actor.id)}">${data("node", { name: actor.label, label: actor.group ?? "Country", size: actor.measure })}</node>`);
  const edges = seenLinks().map((link, at) =>
    `<edge id="e${at}" source="${xml(actors[link.left].id)}" target="${xml(actors[link.right].id)}">${data("edge", {
      kind: kinds[link.kind].name, state: STATES[link.state].name, facts: seenFacts([link]).map(({ id }) => id).join("; "),
    })}</edge>`);
  const about = `<!-- ${xml(captionLines().join(" ")).replaceAll("--", "––")} -->`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', about, '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', ...declared,
    '<graph edgedefault="undirected">', ...nodes, ...edges, "</graph>", "</graphml>", ""].join("\n");
}

// All times of what is chosen, not the day alone: each tie with the spells in which it is surely in effect.
function gexfText() {
  const spellsOf = page.sets.map((set) => set.filter((phase) => phaseMode[phase] === IN_EFFECT && phaseBounds[4 * phase + 1] <= phaseBounds[4 * phase + 2])
    .map((phase) => {
      const [begin, end] = [phaseBounds[4 * phase + 1], phaseBounds[4 * phase + 2]];
      return `<spell${begin > NO_BEGIN ? ` start="${isoDay(begin)}"` : ""}${end < NO_END ? ` end="${isoDay(end)}"` : ""}/>`;
    }).join(""));
  const used = new Set(), edges = [];
  for (let tie = 0; tie < tieNumber; tie += 1) {
    const fact = facts[ties.fact[tie]], spells = spellsOf[ties.set[tie]];
    if (ties.wanted[tie] !== SURELY || !chosen.kinds.has(fact.kind) || !spells) continue;
    const [left, right] = [actors[ties.left[tie]], actors[ties.right[tie]]];
    used.add(left).add(right);
    const values = [kinds[fact.kind].name, fact.id, page.types[ties.types[tie]].join("; ")].map((value, at) => `<attvalue for="${at}" value="${xml(value)}"/>`).join("");
    edges.push(`<edge id="${edges.length}" source="${xml(left.id)}" target="${xml(right.id)}" type="${ties.directed[tie] ? "directed" : "undirected"}" label="${xml(fact.title)}"><attvalues>${values}</attvalues><spells>${spells}</spells></edge>`);
  }
  const nodes = [...used].sort((a, b) => a.number - b.number).map((actor) => `<node id="${xml(actor.id)}" label="${xml(actor.label)}"/>`);
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
    `<meta><creator>comity</creator><description>${xml(captionLines().slice(1).join(" "))}</description></meta>`,
    '<graph mode="dynamic" defaultedgetype="undirected" timeformat="date">',
    '<attributes class="edge"><attribute id="0" title="kind" type="string"/><attribute id="1" title="fact" type="string"/><attribute id="2" title="types" type="string"/></attributes>',
    "<nodes>", ...nodes, "</nodes>", "<edges>", ...edges, "</edges>", "</graph>", "</gexf>", ""].join("\n");
}

const SAVED = {
  png: { make: pngBlob }, svg: { make: svgText, type: "image/svg+xml" }, csv: { make: csvText, type: "text/csv" },
  graphml: { make: graphmlText, type: "application/xml" }, gexf: { make: gexfText, type: "application/xml" },
};

async function save(ending) {
  const { make, type } = SAVED[ending], made = await make();
  const address = URL.createObjectURL(made instanceof Blob ? made : new Blob([made], { type: `${type};charset=utf-8` }));
  const days = chosen.days[0] === chosen.days[1] ? chosen.days.slice(1) : chosen.days;
  element("a", { href: address, download: `comity-${days.map(isoDay).join("-to-")}-${view.name}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

byId("save").addEventListener("change", () => {
  const ending = byId("save").value;
  byId("save").value = "";
  if (ending) save(ending);
});
