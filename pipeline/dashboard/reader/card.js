// The card of one finding: what the page says, what the table says, why.

function renderCard(finding, page, open) {
  return el(
    "section",
    { class: `card tone ${finding.verdict}`, "aria-label": "Chosen statement" },
    cardHead(finding),
    el("blockquote", { class: "quote", dir: "auto" }, finding.quote),
    siblings(finding, page, open),
    el("h3", {}, "What the page says"),
    triple(finding.claim),
    facts(finding),
    el("h3", {}, "Why"),
    el("p", { class: "because", dir: "auto" }, finding.because),
    evidence(finding),
    similar(finding),
  );
}

function cardHead(finding) {
  return el(
    "header",
    {},
    badge(finding.verdict),
    el("h2", {}, finding.word),
    finding.flag ? el("span", { class: "pill" }, icon("flag"), "Flagged") : el("span", { class: "pill quiet" }, "Not flagged"),
    el("p", {}, finding.means),
  );
}

// The other claims of the same statement.
function siblings(finding, page, open) {
  const ids = page.statements[finding.statement].findings;
  if (ids.length < 2) return "";
  return el(
    "nav",
    { class: "siblings", "aria-label": "Claims in this statement" },
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
    ...finding.says,
    ["Harm", el("span", {}, pips(finding.harm), finding.harm_word)],
    ["Confidence", finding.confidence],
  ];
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

function evidence(finding) {
  if (!finding.evidence.length) return "";
  return [
    el("h3", {}, "What the table says", el("span", { class: "count" }, plural(finding.evidence.length, "row"))),
    rowList(finding.evidence.slice(0, AT_ONCE)),
    more(finding.evidence.slice(AT_ONCE)),
  ];
}

// The rows that decide come first; a claim that something is safe may meet dozens.
const AT_ONCE = 3;

function more(rows) {
  if (!rows.length) return "";
  return el("details", { class: "more" }, el("summary", {}, plural(rows.length, "more row")), rowList(rows));
}

function rowList(rows) {
  return el("ol", { class: "rows" }, rows.map(evidenceRow));
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

function evidenceRow(row) {
  return el(
    "li",
    {},
    el("p", { class: "rowhead" }, el("b", { class: `finding ${row.finding}` }, row.finding_word), ` · ${row.certainty} · ${row.how}`),
    el("p", { class: "proposition", dir: "auto" }, row.proposition),
    el("p", { dir: "auto" }, row.summary),
    el("p", { class: "source" }, link(row.url, row.title)),
    el("p", { class: "small", dir: "auto" }, row.facts.join(" · ")),
    el("p", { class: "small" }, `${row.seen} · checked ${row.checked} · row `, el("span", { dir: "auto" }, row.id)),
  );
}
