"use strict";
(() => {
  const facts = [...document.querySelectorAll(".fact")];
  const marks = [...document.querySelectorAll("mark")];
  const targetsOf = (mark) => mark.dataset.of.split(" ");

  // What belongs together lights up together: pointed at, reached by the keyboard, or come to by a link.
  const light = (ids) => {
    for (const mark of marks) mark.classList.toggle("lit", targetsOf(mark).some((id) => ids.includes(id)));
    for (const one of document.querySelectorAll(".fact, .remarks li")) one.classList.toggle("lit", ids.includes(one.id));
  };
  const idsAt = (element) => {
    const mark = element.closest("mark");
    const one = element.closest(".fact, .remarks li");
    const link = element.closest("a.ref");
    return mark ? targetsOf(mark) : one ? [one.id] : link ? [link.hash.slice(1)] : [];
  };
  document.addEventListener("mouseover", (event) => light(idsAt(event.target)));
  document.addEventListener("focusin", (event) => light(idsAt(event.target)));
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark && !String(getSelection())) location.hash = targetsOf(mark)[0];
  });
  addEventListener("hashchange", () => {
    const at = document.getElementById(location.hash.slice(1));
    if (!at) return;
    at.focus({ preventScroll: true });
    const [, number] = /^words-(\d+)-/.exec(at.id) ?? [];
    light([number ? `fact-${number}` : at.id.replace("place", "remark")]);
  });

  // One fact after the other by the keyboard.
  let current = -1;
  const go = (step) => {
    current = Math.min(Math.max(current + step, 0), facts.length - 1);
    facts[current].focus({ preventScroll: true });
    facts[current].scrollIntoView({ block: "center" });
  };
  const progress = document.getElementById("progress");
  const count = () => {
    const checked = facts.filter((fact) => fact.querySelector("input").checked).length;
    if (facts.length) progress.textContent = `${checked} of ${facts.length} facts checked`;
  };
  addEventListener("change", count);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !facts.length) return;
    const at = document.activeElement?.closest(".fact");
    if (at) current = facts.indexOf(at);
    if (event.key === "n") go(1);
    else if (event.key === "p") go(-1);
    else if (event.key === "w" && at) document.getElementById(`words-${at.id.slice(5)}-1`).scrollIntoView({ block: "center" });
    else if (event.key === "x" && at) { const box = at.querySelector("input"); box.checked = !box.checked; count(); }
  });
  count();
})();
