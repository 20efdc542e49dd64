// Around article and panel: the pages at hand, the counts that are also the legend, the small print.

// What fits side by side; more pages than this are a list that is opened.
const TABS = 5;

function renderPages(pages, acts, state) {
  if (pages.length < 2) return "";
  const nav = pageNav(pages, acts.openPage);
  if (pages.length <= TABS) return nav;
  const at = pages.findIndex((page) => page.chosen);
  const list = el(
    "details",
    {
      class: "pagelist",
      open: state.open,
      ontoggle: () => {
        state.open = list.open;
        keepInView(nav);
      },
    },
    el("summary", {}, el("b", {}, `Page ${at + 1} of ${pages.length}`), el("span", { class: "clip", dir: "auto" }, pages[at]?.title ?? ""), el("span", { class: "count" }, pagesWords(pages))),
    nav,
  );
  return el(
    "div",
    { class: "pagebar" },
    step("previous", "Previous page ([)", () => acts.page(-1), at <= 0),
    step("next", "Next page (])", () => acts.page(1), at === pages.length - 1),
    list,
  );
}

function pagesWords(pages) {
  const flagged = pages.filter((page) => Number(page.note) > 0).length;
  const [failed, waiting] = ["failed", "waiting"].map((state) => pages.filter((page) => page.state === state).length);
  return [`${flagged} with something flagged`, failed ? `${failed} not checked` : "", waiting ? `${waiting} on the way` : ""].filter(Boolean).join(" · ");
}

function pageNav(pages, openPage) {
  return el(
    "nav",
    { class: "pages", "aria-label": "Pages" },
    pages.map((page) =>
      el(
        "button",
        { type: "button", class: `${page.state}${Number(page.note) ? " flagged" : ""}`, "aria-pressed": String(page.chosen), title: page.title, onclick: () => openPage(page.id) },
        page.state === "failed" ? icon("failed") : "",
        page.state === "waiting" ? el("span", { class: "spinner", "aria-hidden": "true" }) : "",
        el("span", { class: "clip", dir: "auto" }, page.title),
        el("span", { class: "count" }, page.note),
      ),
    ),
  );
}

function renderHead(page) {
  return el("ul", { class: "legend", "aria-label": "Claims by verdict" }, page.tally.map(legendItem));
}

function legendItem(entry) {
  return el(
    "li",
    { title: entry.means, class: entry.count ? "" : "zero" },
    badge(entry.verdict),
    el("span", { class: `sample ${entry.verdict}` }, entry.word),
    el("b", {}, String(entry.count)),
    entry.why ? el("span", { class: "why" }, entry.why) : "",
  );
}

// What the page does as a whole: how it sells, and which known harms it leaves out.
function renderNotes(page, show) {
  const { markers, omissions } = page;
  if (!markers?.length && !omissions?.length) return "";
  const heads = [markers.length ? plural(markers.length, "sign") + " of promotion" : "", omissions.length ? "known harms left out" : ""];
  return el(
    "details",
    { class: "notes" },
    el("summary", {}, heads.filter(Boolean).join(" · ")),
    el("ul", {}, markers.map((one) => el("li", {}, el("b", {}, one.label), " ", el("button", { type: "button", dir: "auto", onclick: () => show(one) }, `“${one.quote}”`)))),
    omissions.map((one) =>
      el("div", {}, el("p", {}, "Not mentioned of ", el("b", { dir: "auto" }, one.subject), ":"), el("ul", {}, one.harms.map((harm) => el("li", { dir: "auto" }, `${harm.summary} (row ${harm.id})`)))),
    ),
  );
}

function renderFoot(about) {
  return el(
    "footer",
    {},
    el("p", {}, about.advice),
    pairs(about.versions),
    about.counts.length ? el("details", {}, el("summary", {}, "What was read and dropped"), pairs(about.counts)) : "",
  );
}

function pairs(rows) {
  return el("dl", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, String(value)))));
}

function renderFailure(page) {
  return el(
    "div",
    { class: "state failed", role: "status" },
    el("h1", { class: "h1", dir: "auto" }, page.title || "This page"),
    el("h2", {}, "This page could not be checked"),
    el("p", { class: "line", dir: "auto" }, page.error),
    el("p", {}, "Nothing was judged. The other pages are not affected; try another copy of this one, or paste its text."),
  );
}

function renderWaiting(page) {
  const lines = [92, 98, 86, 60, 0, 95, 90, 97, 70].map((width) => el("i", { style: `width:${width}%` }));
  return el(
    "div",
    { class: "state waiting", role: "status" },
    el("h1", { class: "h1", dir: "auto" }, page.title),
    el("p", {}, "Reading the page and checking its claims. The first page takes a few seconds longer."),
    el("div", { class: "skeleton", "aria-hidden": "true" }, lines),
  );
}
