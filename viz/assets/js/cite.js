// How to cite what is seen: what was asked, of which sources, in which revision, and the link that shows it again.

function citation() {
  const layers = kinds.filter((kind, number) => chosen.kinds.has(number) && facts.some((fact) => fact.kind === number)).map(({ plural: name }) => name);
  const asked = words.asked(spanWords(), layers, chosen.type?.name, chosen.source);
  const about = view.about ? byId("evidence-title").textContent : "";
  return [words.cited(about, words[view.name], asked), ...citedSources(), words.link(location.href)].join("\n");
}

// The sources of what is seen, as they ask to be cited.
function citedSources() {
  const seen = view.about ? factsLookedAt() : facts.filter((fact) => fact.state !== NONE && chosen.kinds.has(fact.kind) && chosen.states.has(fact.state));
  const used = new Set(seen.flatMap((fact) => evidenceOf(fact).statements.map(({ source }) => source)));
  const lines = [...used].map((number) => {
    const { title, publisher, date, version, url, citation: own } = evidence().sources[number];
    return own || `${[publisher, title, version, date].filter(Boolean).join(", ")}.${url ? ` ${url}` : ""}`;
  });
  return [words.sources(used.size), ...[...new Set(lines)].sort().map((line) => `- ${line}`)];
}

function factsLookedAt() {
  const { actor, link, hub, fact } = view.about;
  if (actor) return seenFacts(linksOf[actor.number].filter(({ state }) => state !== NONE));
  return link ? seenFacts([link]) : [fact ?? hub.fact];
}

byId("cite").addEventListener("click", () => {
  writeAddress();
  byId("cite-text").value = citation();
  byId("cite-box").showModal();
  byId("cite-text").select();
});
byId("cite-copy").addEventListener("click", async () => {
  byId("cite-text").select();
  try {
    await navigator.clipboard.writeText(byId("cite-text").value);
  } catch {
    document.execCommand("copy"); // browsers that give files no clipboard
  }
  byId("cite-done").textContent = words.copied;
});
byId("cite-box").addEventListener("close", () => { byId("cite-done").textContent = ""; });
