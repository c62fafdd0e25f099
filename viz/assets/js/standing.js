// A chart of ranks over the years: of the actor in the panel, and of those it was compared with before.

const CHART = { width: 340, height: 150, left: 26, right: 8, top: 8, bottom: 18 };
const CHART_COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A6D00"];
let compared = [];

// The ranks of an actor as one number a year, 0 where it is not in the network.
function ranksOf(actor) {
  const runs = page.standing?.ranks[actor.number] ?? [], years = [];
  for (let at = 0; at < runs.length; at += 2) for (let year = 0; year < runs[at + 1]; year += 1) years.push(runs[at]);
  return years;
}

function standingChart(actor) {
  if (!page.standing || !ranksOf(actor).some(Boolean)) return null;
  // The newest first; those before it stay until there are more than the colours tell apart.
  compared = [actor, ...compared.filter((one) => one !== actor)].slice(0, CHART_COLOURS.length);
  const all = compared.map((one) => ({ actor: one, ranks: ranksOf(one) })), length = all[0].ranks.length;
  const deepest = Math.max(2, ...all.flatMap(({ ranks }) => ranks)), { first, name } = page.standing;
  const x = (year) => CHART.left + (year / Math.max(1, length - 1)) * (CHART.width - CHART.left - CHART.right);
  const y = (rank) => CHART.top + ((rank - 1) / (deepest - 1)) * (CHART.height - CHART.top - CHART.bottom);
  const drawing = svg("svg", { viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: "img", class: "standing" });
  drawing.setAttribute("aria-label", words.ranks(name, first, first + length - 1, all.map(rankWords)));
  for (const rank of [1, deepest]) drawing.append(chartText(CHART.left - 5, y(rank) + 4, String(rank), "end"));
  for (const year of [0, length - 1]) drawing.append(chartText(x(year), CHART.height - 4, String(first + year), year ? "end" : "start"));
  const now = yearOf(chosen.days[1]) - first;
  if (now >= 0 && now < length) drawing.append(svg("path", { class: "now", d: `M${x(now)} ${CHART.top}V${CHART.height - CHART.bottom}` }));
  all.forEach(({ ranks }, at) => {
    const line = svg("path", { class: "rank", d: rankLine(ranks, x, y) });
    line.style.setProperty("stroke", chartColour(at));
    drawing.append(line);
  });
  const key = element("p", { class: "chart-key" }, ...all.map(({ actor: one }, at) => {
    const label = element("span", { text: shortName(one) });
    label.style.setProperty("border-color", chartColour(at));
    return label;
  }), all.length > 1 ? element("button", { type: "button", class: "inline", text: words.onlyThis, onclick: () => { compared = []; fillPanel(view.about); } }) : null);
  return element("figure", { class: "chart" }, element("figcaption", { text: words.rankBy(name) }), drawing, key);
}

// A line breaks where the actor is not in the network; a single year is a dot.
function rankLine(ranks, x, y) {
  return ranks.map((rank, year) => (rank ? `${ranks[year - 1] ? "L" : "M"}${x(year).toFixed(1)} ${y(rank).toFixed(1)}${ranks[year - 1] || ranks[year + 1] ? "" : "h.1"}` : "")).join("");
}

function rankWords({ actor, ranks }) {
  const there = ranks.filter(Boolean);
  return words.rankOf(actor.label, Math.min(...there), there[there.length - 1]);
}

const chartColour = (at) => (theme.dark ? lightened(CHART_COLOURS[at]) : CHART_COLOURS[at]);

function chartText(x, y, text, anchor) {
  const made = svg("text", { x, y, "text-anchor": anchor });
  made.textContent = text;
  return made;
}
