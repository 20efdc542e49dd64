// Beside the article: the statements to look at, most harmful first, and the card of the chosen one.

function renderPanel(page, state, acts) {
  const ids = page[state.list];
  const at = ids.indexOf(state.chosen);
  const chosen = page.findings[state.chosen];
  return el(
    "aside",
    { class: "panel", "aria-label": "Findings" },
    el(
      "div",
      { class: "bar" },
      el("div", { class: "switch", role: "group", "aria-label": "Which findings to list" },
        choice(page, state, acts, "flagged", "Flagged"),
        choice(page, state, acts, "all", "All claims")),
      el("span", { class: "where", "aria-live": "polite" }, at < 0 ? "" : `${at + 1} of ${ids.length}`),
      step("previous", "Previous (P)", () => acts.step(-1), ids.length < 2),
      step("next", "Next (N)", () => acts.step(1), ids.length < 2),
      step("help", "Keyboard shortcuts (?)", acts.help, false),
    ),
    ids.length ? findingList(page, state, acts, ids) : nothing(page, state),
    chosen ? renderCard(chosen, page, acts.open) : "",
  );
}

function choice(page, state, acts, list, word) {
  return el(
    "button",
    { type: "button", "data-key": list, "aria-pressed": String(state.list === list), onclick: () => acts.choose(list) },
    word,
    el("span", { class: "count" }, String(page[list].length)),
  );
}

function step(name, label, act, disabled) {
  return el(
    "button",
    { type: "button", class: "step", "data-key": name, title: label, "aria-label": label, disabled, onclick: act },
    icon(name),
  );
}

function findingList(page, state, acts, ids) {
  return el(
    "ol",
    { class: "list" },
    ids.map((id) => {
      const finding = page.findings[id];
      return el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: `tone ${finding.verdict}`,
            "aria-pressed": String(id === state.chosen),
            "data-key": `item ${id}`,
            onclick: () => acts.open(id, true),
          },
          badge(finding.verdict),
          unseen(`${finding.word}: `),
          el(
            "span",
            { class: "item" },
            el("span", { class: "clip", dir: "auto" }, finding.quote),
            el("small", { class: "clip", dir: "auto" }, finding.claim.filter(Boolean).join(" ")),
          ),
          pips(finding.harm),
        ),
      );
    }),
  );
}

function nothing(page, state) {
  const found = page.all.length;
  if (state.list === "all" || !found) {
    return empty("No health claims found", "Nothing on this page reads like a checkable claim about health.");
  }
  return empty("Nothing flagged", `None of the ${plural(found, "claim")} on this page needs a look. “All claims” lists them.`);
}

function empty(title, text) {
  return el("div", { class: "empty" }, el("h2", {}, title), el("p", {}, text));
}
