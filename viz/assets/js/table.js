// The same ties as a table, for people who read it by ear or want to copy it. Its rows are made when it is opened.

const ROWS = 400;
let rowsShown = ROWS;

function fillTable() {
  if (!byId("table").open) return;
  const rows = links.filter((link) => link.state !== NONE);
  rows.sort((a, b) => a.kind - b.kind || a.left - b.left || a.right - b.right);
  const head = element("tr", {}, ...words.columns.map((text) => element("th", { scope: "col", text })));
  const caption = element("caption", { text: words.tableOf(rows.length, spanWords(), ruleInUse()) });
  const body = element("tbody", {}, ...rows.slice(0, rowsShown).map(tableRow));
  const parts = [element("table", {}, caption, element("thead", {}, head), body)];
  if (rows.length > rowsShown) {
    parts.push(element("button", { type: "button", text: words.showAll(rows.length), onclick: () => { rowsShown = Infinity; fillTable(); } }));
  }
  byId("table-body").replaceChildren(...parts);
}

function tableRow(link) {
  const told = seenFacts([link]).map((fact) => fact.title);
  const cells = [actors[link.right].label, sentence(kinds[link.kind].name), sentence(STATES[link.state].label), told.join("; ")];
  return element("tr", {}, element("th", { scope: "row", text: actors[link.left].label }), ...cells.map((text) => element("td", { text })));
}

byId("table").addEventListener("toggle", fillTable);
