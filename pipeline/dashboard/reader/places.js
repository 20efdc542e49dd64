// A list of claims of many pages: the places where the chosen one stands, each with the words around it.

function renderPlaces({ page, lead, acts }) {
  const finding = page.findings[lead];
  if (!finding) return el("div", { class: "article" });
  const { count, id } = page.rest[lead] ?? {};
  const several = page.entries[lead].length > 1;
  return el(
    "div",
    { class: "article contexts" },
    several ? el("p", { class: "byline" }, `${plural(page.counts[lead], "place")}, one decision for those that are ticked`) : "",
    page.places[lead].map((place) =>
      el(
        "section",
        { class: `tone ${finding.verdict}` },
        el("div", { class: "placehead" }, several ? tick(place.id, place.title || place.page, acts) : "", el("h2", { class: "h4", dir: "auto" }, place.title || place.site || place.page)),
        el("p", { class: "byline" }, [place.site, place.published].filter(Boolean).map((part) => el("span", { class: "clip", dir: "auto" }, part)), place.link ? link(place.link, "See it on the page") : "", several ? el("b", { "data-of": place.id }) : ""),
        el("p", { dir: "auto" }, place.before, " ", el("mark", { class: `statement flagged tone ${finding.verdict}`, onclick: () => acts.open(place.id) }, place.runs.map(([text, cue]) => (cue ? el("span", { class: "cue", title: `Cue ${cue}` }, text) : text))), " ", place.after),
      ),
    ),
    id ? el("p", { class: "placehead rest" }, tick(id, "the places that are not listed", acts), `${plural(count, "more place")}, not listed`) : "",
  );
}

// Whether a place goes with the next decision.
function tick(id, name, acts) {
  return el("input", {
    type: "checkbox", class: "tick", "data-key": `tick ${id}`, "data-id": id, "aria-label": `Decide on ${name}`, title: "Goes with this decision",
    onchange: (event) => acts.tick(id, event.target.checked),
  });
}

function updatePlaces(body, { judged, ticked, words, state }) {
  for (const box of body.querySelectorAll(".tick")) {
    box.checked = ticked.has(box.dataset.id);
    box.closest("section")?.querySelector("mark").classList.toggle("chosen", box.dataset.id === state.chosen);
  }
  for (const said of body.querySelectorAll("[data-of]")) {
    const mine = judged.of(said.dataset.of);
    said.textContent = mine ? decisionWords(mine, words) : ticked.has(said.dataset.of) ? "" : "Left out";
  }
}

// The card of a place: what is judged is the same, the words are its own.
function placeCard(card, { id, link, runs }) {
  const cues = runs.filter(([, cue]) => cue).map(([text, cue]) => [text, cue]);
  return { ...card, id, link, cues, quote: runs.map(([text]) => text).join("") };
}
