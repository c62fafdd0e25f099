// Time: a day or a span of days, chosen on sliders before a histogram, by brushing it, by typing, or by playing.

const changes = daysOfChange();
const timeEnds = [Math.min(changes[0] ?? Infinity, page.asOf.days[0]), Math.max(changes[changes.length - 1] ?? 0, page.asOf.days[1])];
const isSpan = () => chosen.days[0] !== chosen.days[1];
const isAsOf = () => chosen.days[0] === page.asOf.days[0] && chosen.days[1] === page.asOf.days[1];
const spanWords = () => (isAsOf() ? page.asOf.words : isSpan() ? words.anyDay(...chosen.days.map(dayWords)) : dayWords(chosen.days[0]));
const withinTime = (day) => Math.min(timeEnds[1], Math.max(timeEnds[0], day));

// Choose a day or a span. Everything that shows time follows.
function chooseDays(first, last = first) {
  chosen.days = [withinTime(Math.min(first, last)), withinTime(Math.max(first, last))];
  showDays();
  refresh();
}

function showDays() {
  const [first, last] = chosen.days;
  for (const [slider, field, day] of [["days", "day", last], ["from", "from-day", first]]) {
    byId(slider).value = day;
    byId(slider).setAttribute("aria-valuetext", dayWords(day));
    byId(field).value = isoDay(day);
  }
  for (const id of ["from", "from-part"]) byId(id).hidden = !isSpan();
  byId("day-label").textContent = isSpan() ? words.to : words.asOf;
  byId("span").setAttribute("aria-pressed", String(isSpan()));
  byId("back").hidden = isAsOf();
  paintBrush();
}

function buildTime() {
  for (const id of ["days", "from"]) [byId(id).min, byId(id).max] = timeEnds;
  for (const id of ["day", "from-day"]) [byId(id).min, byId(id).max] = timeEnds.map(isoDay);
  byId("back").textContent = words.backTo(page.asOf.text);
  byId("days").addEventListener("input", () => { stop(); setLast(Number(byId("days").value)); });
  byId("from").addEventListener("input", () => { stop(); chooseDays(Math.min(Number(byId("from").value), chosen.days[1] - 1), chosen.days[1]); });
  typed("day", setLast);
  typed("from-day", (day) => chooseDays(Math.min(day, chosen.days[1] - 1), chosen.days[1]));
  byId("days").addEventListener("keydown", (event) => keyOnSlider(event, chosen.days[1], setLast));
  byId("from").addEventListener("keydown", (event) => keyOnSlider(event, chosen.days[0], (day) => chooseDays(Math.min(day, chosen.days[1] - 1), chosen.days[1])));
  byId("span").addEventListener("click", () => chooseDays(isSpan() ? chosen.days[1] : yearBefore(chosen.days[1]), chosen.days[1]));
  byId("back").addEventListener("click", () => { stop(); chooseDays(...page.asOf.days); byId("day").focus(); });
  byId("play").addEventListener("click", () => (playing ? stop() : play()));
  byId("earlier").addEventListener("click", () => stepTo(-1));
  byId("later").addEventListener("click", () => stepTo(1));
  byId("time").addEventListener("submit", (event) => event.preventDefault());
  wireBrush();
  showDays();
}

const yearBefore = (day) => (day - 366 > timeEnds[0] ? day - 366 : timeEnds[0]);

function typed(id, choose) {
  const field = byId(id);
  field.addEventListener("change", () => { if (field.value && field.checkValidity()) { stop(); choose(dayOf(field.value)); } });
}

// The last day moves; in a span the first stays where it is, or goes along where it would be passed.
function setLast(day) {
  if (isSpan()) chooseDays(Math.min(chosen.days[0], day - 1), day);
  else chooseDays(day);
}

// The next day, forwards or back, on which something changes.
function changeAfter(day, way) {
  let low = 0, high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (way > 0 ? changes[middle] <= day : changes[middle] < day) low = middle + 1;
    else high = middle;
  }
  return withinTime(changes[way > 0 ? low : low - 1] ?? timeEnds[way > 0 ? 1 : 0]);
}

function stepTo(way) {
  stop();
  const length = chosen.days[1] - chosen.days[0], day = changeAfter(chosen.days[1], way);
  chooseDays(length ? day - length : day, day);
}

const SLIDER_KEYS = {
  ArrowRight: (day) => changeAfter(day, 1), ArrowUp: (day) => changeAfter(day, 1), ArrowLeft: (day) => changeAfter(day, -1),
  ArrowDown: (day) => changeAfter(day, -1), PageUp: (day) => day + 365, PageDown: (day) => day - 365,
};

function keyOnSlider(event, day, choose) {
  if (!(event.key in SLIDER_KEYS)) return;
  event.preventDefault();
  stop();
  choose(withinTime(SLIDER_KEYS[event.key](day)));
}

// Playing: so many days a second; with reduced motion a year at a time, once a second.
let playing = 0, playedAt = 0, playedDay = 0;

function play() {
  if (chosen.days[1] >= timeEnds[1]) chooseDays(timeEnds[0], timeEnds[0] + chosen.days[1] - chosen.days[0]);
  byId("play").setAttribute("aria-pressed", "true");
  byId("as-of").setAttribute("aria-live", "off"); // not sixty days a second read aloud
  [playedAt, playedDay] = [performance.now(), chosen.days[1]];
  playing = requestAnimationFrame(playOn);
}

function playOn(now) {
  const gone = now - playedAt, speed = Number(byId("speed").value) * 365.2425;
  const days = quietly.matches ? Math.floor(gone / 1000) * 365 : Math.round((gone / 1000) * speed);
  const last = Math.min(timeEnds[1], playedDay + Math.max(0, days));
  if (last !== chosen.days[1]) chooseDays(last - (chosen.days[1] - chosen.days[0]), last);
  if (last >= timeEnds[1]) stop();
  else playing = requestAnimationFrame(playOn);
}

function stop() {
  if (!playing) return;
  cancelAnimationFrame(playing);
  playing = 0;
  byId("play").setAttribute("aria-pressed", "false");
  byId("as-of").setAttribute("aria-live", "polite");
}

// The histogram: how many of the chosen ties are surely in effect in each year, whatever their state on the chosen day.
const BARS = 60; // its height in units
let yearCounts = [];

function countYears() {
  const first = yearOf(timeEnds[0]), years = yearOf(timeEnds[1]) - first + 1;
  const spans = page.sets.map((set) => yearsOf(set, first, years));
  const rises = new Int32Array(years + 1);
  for (let tie = 0; tie < tieNumber; tie += 1) {
    if (ties.wanted[tie] !== SURELY || !chosen.kinds.has(facts[ties.fact[tie]].kind)) continue;
    for (const [from, to] of spans[ties.set[tie]]) { rises[from] += 1; rises[to + 1] -= 1; }
  }
  let sum = 0;
  yearCounts = Array.from({ length: years }, (_, year) => (sum += rises[year]));
}

// The years, counted from the first, in which a set of phases is surely in effect; none twice.
function yearsOf(set, first, years) {
  const found = [];
  for (const phase of set) {
    const begin = phaseBounds[4 * phase + 1], end = phaseBounds[4 * phase + 2];
    if (phaseMode[phase] !== IN_EFFECT || begin > end || end < timeEnds[0] || begin > timeEnds[1]) continue;
    const from = Math.max(0, yearOf(Math.max(begin, timeEnds[0])) - first), to = Math.min(years - 1, yearOf(Math.min(end, timeEnds[1])) - first);
    const before = found[found.length - 1];
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else found.push([from, to]);
  }
  return found;
}

function paintYears() {
  countYears();
  const first = yearOf(timeEnds[0]), most = Math.max(1, ...yearCounts);
  const x = (day) => (((day - timeEnds[0]) / (timeEnds[1] - timeEnds[0] || 1)) * 1000).toFixed(1);
  const bars = yearCounts.map((count, year) => `H${x(Math.max(timeEnds[0], dayOf(isoYear(first + year))))}V${(BARS * (1 - Math.sqrt(count / most))).toFixed(1)}`);
  byId("years").setAttribute("d", `M0 ${BARS}${bars.join("")}H1000V${BARS}Z`);
  const step = [1, 2, 5, 10, 20, 50, 100].find((years) => yearCounts.length / years <= (narrow.matches ? 5 : 11)) ?? 200;
  const marks = [];
  for (let year = Math.ceil((first + 1) / step) * step; year <= first + yearCounts.length - 1; year += step) {
    const mark = element("span", { text: String(year) });
    mark.style.setProperty("left", `${x(dayOf(isoYear(year))) / 10}%`);
    marks.push(mark);
  }
  byId("year-marks").replaceChildren(...marks);
  // The height is the square root: else one would see nothing of the first century.
  byId("histogram").setAttribute("aria-label", words.histogram(first, first + yearCounts.length - 1, most));
}

const isoYear = (year) => `${String(year).padStart(4, "0")}-01-01`;

function paintBrush() {
  const [left, right] = chosen.days.map((day) => ((day - timeEnds[0]) / (timeEnds[1] - timeEnds[0] || 1)) * 1000);
  byId("brush").setAttribute("x", left.toFixed(1));
  byId("brush").setAttribute("width", Math.max(1.5, right - left).toFixed(1));
}

// Dragging over the histogram chooses a span, a click a day.
function wireBrush() {
  const histogram = byId("histogram");
  let start = null;
  const dayAt = (event) => {
    const box = histogram.getBoundingClientRect();
    return Math.round(timeEnds[0] + ((event.clientX - box.left) / box.width) * (timeEnds[1] - timeEnds[0]));
  };
  histogram.addEventListener("pointerdown", (event) => {
    stop();
    start = { x: event.clientX, day: withinTime(dayAt(event)) };
    histogram.setPointerCapture(event.pointerId);
    chooseDays(start.day);
  });
  histogram.addEventListener("pointermove", (event) => {
    if (start && Math.abs(event.clientX - start.x) > 3) chooseDays(start.day, dayAt(event));
  });
  for (const end of ["pointerup", "pointercancel"]) histogram.addEventListener(end, () => { start = null; });
}
