// The card of one finding: what the page says beside what the table says, and why they differ.

function renderCard(finding, view) {
  const { page } = view;
  const same = page.entries[view.lead] ?? [finding.id];
  return el(
    "section",
    { class: `card tone ${finding.verdict}`, "aria-label": "Chosen statement", tabindex: "0" },
    cardHead(finding),
    el("div", { class: "sides" }, pageSide(finding), tableSide(finding)),
    facts(finding),
    siblings(finding, page, view.acts.open),
    finding.would_change ? el("p", { class: "change", dir: "auto" }, el("b", {}, "What would change this "), finding.would_change) : "",
    places(same, finding, view),
    moreRows(finding.evidence.slice(1)),
    similar(finding),
  );
}

function cardHead(finding) {
  return el(
    "header",
    {},
    badge(finding.verdict),
    el("h2", { title: finding.means }, finding.word),
    finding.flag ? el("span", { class: "pill" }, icon("flag"), "Flagged") : el("span", { class: "pill quiet" }, "Not flagged"),
    el("p", { class: "because", dir: "auto" }, finding.because),
  );
}

// The other claims of the same statement.
function siblings(finding, page, open) {
  const ids = page.statements?.[finding.statement]?.findings ?? [];
  if (ids.length < 2) return "";
  return el(
    "nav",
    { class: "siblings", "aria-label": "Claims in this statement" },
    el("h3", {}, `${ids.length} claims in this statement`),
    ids.map((id) => {
      const other = page.findings[id];
      const chosen = id === finding.id;
      return el(
        "button",
        {
          type: "button",
          class: `tone ${other.verdict}`,
          "data-key": `claim ${id}`,
          "aria-pressed": String(chosen),
          onclick: () => open(id),
        },
        badge(other.verdict),
        el("span", { class: "clip", dir: "auto" }, other.claim.filter(Boolean).join(" ")),
      );
    }),
  );
}

function pageSide(finding) {
  return el(
    "div",
    { class: "side" },
    el("h3", {}, "The page says"),
    el("blockquote", { class: "quote", dir: "auto" }, finding.quote),
    triple(finding.claim),
    el("p", { class: "small" }, finding.says.map(([, value]) => value).join(" · ")),
    finding.link ? el("p", { class: "small" }, link(finding.link, "See it on the page")) : "",
  );
}

function tableSide(finding) {
  const [row] = finding.evidence;
  return el(
    "div",
    { class: "side" },
    el("h3", {}, "The table says"),
    row ? rowBody(row) : el("p", { class: "none" }, "Nothing about exactly this."),
    finding.gap ? el("p", { class: "gap", dir: "auto" }, `The page ${finding.gap}.`) : "",
  );
}

function triple([subject, relation, object]) {
  return el(
    "p",
    { class: "triple" },
    el("b", { dir: "auto" }, subject),
    ` ${relation} `,
    object ? el("b", { dir: "auto" }, object) : "",
  );
}

function facts(finding) {
  const rows = [
    ["Harm", el("span", {}, pips(finding.harm), finding.harm_word)],
    ["Confidence", finding.confidence],
  ];
  if (finding.markers.length) rows.push(["Signs of promotion", finding.markers.join(", ")]);
  if (finding.cues.length) rows.push(["Cue words", cueList(finding.cues)]);
  return el(
    "dl",
    { class: "facts" },
    rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
  );
}

function cueList(cues) {
  return el(
    "span",
    {},
    cues.map(([text, ids]) => el("span", { class: "cueword", title: `Cue ${ids}`, dir: "auto" }, text)),
  );
}

function pips(harm) {
  const dots = [1, 2, 3].map((step) => el("i", { class: step <= harm ? "on" : "" }));
  return el("span", { class: "pips", role: "img", "aria-label": `Harm ${harm} of 3`, title: `Harm ${harm} of 3` }, dots);
}

// Where else the same claim stands; one decision holds for those that are ticked.
function places(same, finding, view) {
  const { page, acts } = view;
  if (same.length < 2 || page.kind === "queue") return "";
  const list = el(
    "details",
    { class: "places", open: same.length < 6 },
    el("summary", {}, `Said in ${same.length} places; one decision for those that are ticked`),
    el(
      "ol",
      {},
      same.map((id) =>
        el(
          "li",
          {},
          tick(id, page.findings[id].quote, acts),
          el(
            "button",
            { type: "button", "data-key": `place ${id}`, "aria-pressed": String(id === finding.id), onclick: () => acts.open(id, true) },
            el("span", { class: "clip", dir: "auto" }, page.findings[id].quote),
            el("small", { "data-of": id }),
          ),
        ),
      ),
    ),
  );
  updatePlaces(list, view);
  return list;
}

function moreRows(rows) {
  if (!rows.length) return "";
  return el("details", { class: "more" }, el("summary", {}, plural(rows.length, "more row")), rowList(rows));
}

function rowList(rows) {
  return el("ol", { class: "rows" }, rows.map((row) => el("li", {}, rowBody(row))));
}

function similar(finding) {
  if (!finding.similar.length) return "";
  return el(
    "details",
    { class: "similar" },
    el("summary", {}, `${plural(finding.similar.length, "similar row")}, for orientation only`),
    el("p", { class: "none" }, "These rows are about something else and decide nothing."),
    rowList(finding.similar),
  );
}

function rowBody(row) {
  const read = [row.seen_word, row.checked ? `checked ${row.checked}` : ""].filter(Boolean).join(" · ");
  return [
    row.proposition ? el("p", { class: "proposition", dir: "auto" }, row.proposition) : "",
    el("p", { class: "rowhead" }, el("b", { class: `finding ${row.finding}` }, row.finding_word), ` · ${row.certainty} · ${row.how}`),
    el("p", { class: "source" }, link(row.url, row.title)),
    el("p", { class: "small", dir: "auto", title: row.seen }, `${[...row.facts, read].join(" · ")} · row ${row.id}`),
    el("p", { class: "summary", dir: "auto" }, row.summary),
  ];
}
