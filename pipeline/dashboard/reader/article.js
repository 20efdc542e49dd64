// The article as its author laid it out, its statements marked.

function renderArticle(page, open) {
  const marks = page.statements.map(() => []);
  const body = el("article", { class: "article", "aria-label": "The article" });
  if (page.title && !page.title_in_text) body.append(el("h1", { class: "h1", dir: "auto" }, page.title));
  if (!page.title_in_text) body.append(byline(page));
  let list = null;
  for (const block of page.blocks) {
    const node = renderBlock(block, page, marks, open);
    if (block.kind !== "list_item") list = null;
    else if (!list) body.append((list = el("ul", { class: "list" })));
    (list ?? body).append(node);
    if (page.title_in_text && block === page.blocks[0]) body.append(byline(page));
  }
  closeStatements(page, marks);
  return { body, marks };
}

// Where and when the page appeared, and the way to it.
function byline(page) {
  const parts = page.byline.map((part) => el("span", { class: "clip", dir: "auto" }, part));
  if (page.url) parts.push(link(page.url, "Open the page"));
  return parts.length ? el("p", { class: "byline" }, parts) : "";
}

function renderBlock(block, page, marks, open) {
  const spans = block.spans.map((span) => renderSpan(span, page, marks, open));
  const depth = Math.min(Math.max(block.level, 1), 6);
  const at = { "data-start": block.start };
  switch (block.kind) {
    case "heading":
      return el(`h${depth}`, { class: `h${Math.min(depth, 4)}`, dir: "auto", ...at }, block.marker ? el("span", { class: "ownmarker" }, `${block.marker} `) : "", spans);
    case "list_item":
      return el(
        "li",
        { class: `depth${Math.min(depth, 4)}${block.marker ? " numbered" : ""}`, dir: "auto", ...at },
        block.marker ? el("span", { class: "marker" }, block.marker) : "",
        spans,
      );
    case "quote":
      return el("blockquote", { dir: "auto", ...at }, spans);
    case "caption":
      return el("p", { class: "caption", dir: "auto", ...at }, spans);
    case "table":
      return el("p", { class: "table", dir: "auto", ...at }, spans);
    default:
      return el("p", { dir: "auto", ...at }, spans);
  }
}

function renderSpan(span, page, marks, open) {
  const runs = span.runs.map(([text, cue]) =>
    cue ? el("span", { class: "cue", title: `Cue ${cue}` }, text) : text,
  );
  if (span.statement == null) return el("span", {}, runs);
  const statement = page.statements[span.statement];
  const first = marks[span.statement].length === 0;
  const [head, tail] = first ? leadWord(runs) : [[], runs];
  const mark = el(
    "span",
    {
      class: `statement tone ${statement.verdict}${statement.flag ? " flagged" : ""}`,
      role: "button",
      tabindex: first ? "0" : "-1",
      "aria-pressed": "false",
      onclick: () => open(statement.findings[0]),
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        if (event.key === "Enter" && mark.getAttribute("aria-pressed") === "true") return; // confirms, as everywhere
        event.preventDefault();
        open(statement.findings[0]);
      },
    },
    first ? el("span", { class: "lead" }, badge(statement.verdict), unseen(`${statement.word}: `), head) : "",
    tail,
  );
  marks[span.statement].push(mark);
  return mark;
}

// The first word, to be kept on one line with the badge before it, and the rest.
function leadWord([first, ...rest]) {
  if (first instanceof Node) return [[first], rest];
  const at = first.indexOf(" ");
  return at < 1 || at > 24 ? [[], [first, ...rest]] : [[first.slice(0, at)], [first.slice(at), ...rest]];
}

// The last word, taken out to be kept on one line with the tags after it.
function lastWord(mark) {
  const text = mark.lastChild;
  if (text?.nodeType !== Node.TEXT_NODE) return "";
  const at = text.data.lastIndexOf(" ") + 1;
  return text.length - at > 24 ? "" : text.splitText(at);
}

// What the colour does not say stands after the statement: voice, hedge, more claims than one.
function closeStatements(page, marks) {
  page.statements.forEach((statement, i) => {
    const more = statement.findings.length - 1;
    const tags = [...statement.tags, ...(more ? [plural(more + 1, "claim")] : [])];
    const mark = marks[i].at(-1);
    if (mark && tags.length) mark.append(el("span", { class: "lead" }, lastWord(mark), tags.map((tag) => el("span", { class: "tag" }, tag))));
  });
}
