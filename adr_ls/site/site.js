// Narrows the list of decisions by words, statuses and the like. What is chosen stands in the address, so that it can be shared.
"use strict";
{
  const form = document.querySelector("form.filters");
  const { rows, words } = JSON.parse(document.getElementById("page:words").textContent);
  const items = [...document.querySelectorAll(".row")];
  const told = form.querySelector("output");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const titles = items.map((item, at) => folded(`${rows[at].id} ${item.textContent}`));
  const known = new Map();

  /** The numbers of the records that have a word which holds the letters. */
  const having = (letters) => {
    let found = known.get(letters);
    if (found === undefined) {
      found = new Set();
      for (const word of Object.keys(words)) {
        if (word.includes(letters)) {
          let at = 0;
          for (const step of words[word].split(" ")) {
            at += parseInt(step, 36);
            found.add(at);
          }
        }
      }
      known.set(letters, found);
    }
    return found;
  };

  const chosen = () => [...new FormData(form)].filter(([, value]) => value !== "");

  const narrow = () => {
    const choice = chosen();
    const sought = folded(form.elements.q.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((letters) => letters.slice(0, 40));
    const sets = sought.map(having);
    let shown = 0;
    items.forEach((item, at) => {
      const fits =
        sought.every((letters, one) => sets[one].has(at) || titles[at].includes(letters)) &&
        choice.every(([name, value]) => name === "q" || (name === "holds" ? item.classList.contains("holds") : rows[at][name].includes(value)));
      item.hidden = !fits;
      shown += fits;
    });
    for (const log of document.querySelectorAll(".log")) {
      log.hidden = choice.length > 0 && log.querySelector(".row:not([hidden])") === null;
    }
    told.textContent = choice.length === 0 ? "" : shown === 0 ? "Nothing fits." : `${shown} of ${items.length}`;
    const state = new URLSearchParams(choice).toString();
    if (state !== "" || location.hash.includes("=")) {
      history.replaceState(null, "", state === "" ? location.pathname + location.search : `#${state}`);
    }
  };

  const restore = () => {
    if (location.hash.includes("=")) {
      const state = new URLSearchParams(location.hash.slice(1));
      for (const field of form.elements) {
        if (field.name !== "") {
          if (field.type === "checkbox") {
            field.checked = state.has(field.name);
          } else {
            field.value = state.get(field.name) ?? "";
          }
        }
      }
    }
    narrow();
  };

  form.hidden = false;
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(narrow));
  addEventListener("hashchange", restore);
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      form.elements.q.focus();
    }
  });
  restore();
}
