// Beside the article: the statements to look at, most harmful first, the card of the chosen one, the decision.

function renderPanel(view) {
  const panel = el("aside", { class: "panel", "aria-label": "Findings" }, el("div", { class: "bar" }), el("div", { class: "listing" }), el("div", { class: "cardslot" }), el("div", { class: "deciding" }));
  updatePanel(panel, view);
  return panel;
}

// Only what a press changes is made anew: laying out a list of hundreds again would take longer than a press.
function updatePanel(panel, view) {
  const { page, state } = view;
  const [bar, listing, card, deciding] = panel.children;
  const ids = listed(view);
  const chosen = page.findings[state.chosen];
  bar.replaceChildren(...barParts(view, ids));
  const drawn = state.list === "missed" ? JSON.stringify(view.judged.missed) : `${state.list} ${ids.length}`;
  if (listing.dataset.drawn !== drawn) {
    listing.dataset.drawn = drawn;
    listing.replaceChildren(state.list === "missed" ? missedList(view) : ids.length ? findingList(view, ids) : nothing(page, state));
  }
  if (state.list !== "missed") for (const item of listing.querySelectorAll("button")) updateItem(item, view);
  card.replaceChildren(...[chosen ? renderCard(chosen, view) : finished(view, ids)].filter(Boolean));
  deciding.replaceChildren(renderDecide(chosen, view));
}

function barParts(view, ids) {
  const { page, acts, judged } = view;
  const at = ids.indexOf(view.lead);
  return [
    page.kind === "queue" ? "" : el("div", { class: "switch", role: "group", "aria-label": "Which findings to list" },
      choice(view, "flagged", "Flagged", page.flagged.length),
      choice(view, "all", "All", page.all.length),
      judged.missed.length ? choice(view, "missed", "Missed", judged.missed.length) : ""),
    el("span", { class: "where", "aria-live": "polite" }, at < 0 ? "" : `${at + 1} of ${ids.length}`),
    step("previous", "Previous (P)", () => acts.step(-1), ids.length < 2),
    step("next", "Next (N)", () => acts.step(1), ids.length < 2),
    step("help", "Keyboard shortcuts (?)", acts.help, false),
  ];
}

const listed = ({ page, state }) => page[state.list] ?? [];

function choice({ state, acts }, list, word, count) {
  return el(
    "button",
    { type: "button", "data-key": list, "aria-pressed": String(state.list === list), onclick: () => acts.choose(list) },
    word,
    el("span", { class: "count" }, String(count)),
  );
}

function step(name, label, act, disabled) {
  return el(
    "button",
    { type: "button", class: "step", "data-key": name, title: label, "aria-label": label, disabled, onclick: act },
    icon(name),
  );
}

function findingList(view, ids) {
  const { page, acts } = view;
  return el(
    "ol",
    { class: "list", "aria-label": "Statements" },
    ids.map((id) => {
      const finding = page.findings[id];
      const count = page.counts?.[id] ?? page.entries[id].length;
      return el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: `tone ${finding.verdict}`, "data-key": `item ${id}`, "data-id": id, onclick: () => acts.openEntry(id) },
          badge(finding.verdict),
          unseen(`${finding.word}: `),
          el(
            "span",
            { class: "item" },
            el("span", { class: "clip", dir: "auto" }, finding.quote),
            el("small", { class: "clip", dir: "auto" }, el("b"), finding.claim.filter(Boolean).join(" ")),
          ),
          count > 1 ? el("span", { class: "times", title: `Said in ${count} places` }, `×${count}`) : "",
          pips(finding.harm),
        ),
      );
    }),
  );
}

// Whether an item is chosen, and what was decided on it.
function updateItem(item, { judged, words, lead }) {
  const { id } = item.dataset;
  const mine = judged.of(id);
  const left = judged.left(id).length;
  const drawn = `${id === lead} ${mine?.decision} ${mine?.verdict} ${left}`;
  if (item.dataset.drawn === drawn) return;
  item.dataset.drawn = drawn;
  item.setAttribute("aria-pressed", String(id === lead));
  item.classList.toggle("decided", !left);
  item.querySelector("small b").replaceChildren(...(mine ? [icon("decided"), `${decisionWords(mine, words)}${left ? `, ${left} left` : ""} · `] : []));
}

function missedList({ judged, words, acts }) {
  return el(
    "ol",
    { class: "list", "aria-label": "Missed claims" },
    judged.missed.map((one) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: `tone ${one.verdict}`, "data-key": `missed ${one.press}`, title: one.note || "", onclick: () => acts.passage(one) },
          one.verdict ? badge(one.verdict) : "",
          one.verdict ? unseen(`${words.verdict[one.verdict]}: `) : "",
          el("span", { class: "item" },
            el("span", { class: "clip", dir: "auto" }, one.quote),
            el("small", { class: "clip", dir: "auto" }, `${one.claim.filter(Boolean).join(" ")} · ${one.reviewer}`)),
        ),
      ),
    ),
  );
}

function nothing(page, state) {
  const found = page.all.length;
  if (state.list === "all" || !found) {
    return empty("No health claims found", "Nothing on this page reads like a checkable claim about health. If you see one, select its words and press M.");
  }
  return empty("Nothing flagged", found === 1 ? "The one claim on this page needs no look. “All” lists it." : `None of the ${found} claims on this page needs a look. “All” lists them.`);
}

// After the last of a list there is nothing on screen that one more press could hit.
function finished({ page, state, judged, acts }, ids) {
  if (!ids.length) return "";
  const open = ids.filter((id) => judged.left(id).length).length;
  if (state.list === "missed") return "";
  const [title, text] = open
    ? [`${plural(open, "statement")} left open`, "Go back to them with N, or leave them for somebody else."]
    : [`All ${ids.length} decided`, "Z takes the last one back."];
  if (page.kind === "queue") return empty(title, text, el("button", { type: "button", class: "more", onclick: () => acts.page(1) }, "Next batch ", el("kbd", { "aria-hidden": "true" }, "]")));
  return empty(title, `${text} List all claims with L, turn to the next page with ], mark a claim that was missed with M.`);
}

function empty(title, text, more = "") {
  return el("div", { class: "empty" }, el("h2", {}, title), el("p", {}, text), more);
}
