// A list of claims of many pages: the places where the chosen one stands, each with the words around it.

function renderPlaces(page, finding, count) {
  if (!finding) return el("div", { class: "article" });
  const shown = page.places[finding.id] ?? [];
  return el(
    "div",
    { class: "article contexts" },
    count > 1 ? el("p", { class: "byline" }, `${plural(count, "place")}, one decision for all${count > shown.length ? `; ${shown.length} are shown` : ""}`) : "",
    shown.map((place) =>
      el(
        "section",
        { class: `tone ${finding.verdict}` },
        el("h2", { class: "h4", dir: "auto" }, place.title || place.site || place.page),
        el("p", { class: "byline" }, [place.site, place.published].filter(Boolean).map((part) => el("span", { class: "clip", dir: "auto" }, part)), place.link ? link(place.link, "See it on the page") : ""),
        el("p", { dir: "auto" }, place.before, " ", el("mark", { class: `statement flagged tone ${finding.verdict}` }, place.runs.map(([text, cue]) => (cue ? el("span", { class: "cue", title: `Cue ${cue}` }, text) : text))), " ", place.after),
      ),
    ),
  );
}
