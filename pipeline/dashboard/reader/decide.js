// Deciding: the buttons, the note, and whether all is saved. Each button shows its key.

const VERBS = [
  { keys: ["a", "Enter"], shown: "⏎", decision: "agree", word: "Agree", words: "Agree with the finding" },
  { keys: ["d"], decision: "verdict", word: "Disagree", words: "Give another verdict" },
  { keys: ["u"], decision: "unsure", word: "Unsure", words: "Unsure: somebody else should look" },
  { keys: ["x"], decision: "not_a_claim", word: "Not a claim", words: "Not a health claim, or read wrongly" },
  { keys: ["0"], decision: "no_action", word: "No action", words: "Reviewed; nothing needs to be done" },
  { keys: ["s"], decision: "skip", word: "Skip", words: "Skip for now; a note can say why" },
];
const VERDICT_KEYS = ["contradicted", "unsupported", "overstated", "supported", "unverified"];

function renderDecide(finding, view) {
  const { judged, state, acts } = view;
  const mine = finding && judged.of(finding.id);
  return el(
    "section",
    { class: "decide", "aria-label": "Your decision" },
    finding ? answer(mine, view) : "",
    finding ? el("div", { class: "verbs" }, VERBS.map((verb) => verbButton(verb, mine, state, acts))) : "",
    finding && state.choosing ? verdictChoice(finding, mine, view) : "",
    finding ? noteField(view) : "",
    standing(view),
  );
}

function verbButton(verb, mine, state, acts) {
  const act = verb.decision === "verdict" ? acts.disagree : () => acts.decide(verb.decision);
  const pressed = mine?.decision === verb.decision || (verb.decision === "verdict" && state.choosing);
  return el(
    "button",
    { type: "button", class: verb.decision, "data-key": verb.decision, title: verb.words, "aria-pressed": String(pressed), onclick: act },
    verb.word,
    el("kbd", { "aria-hidden": "true" }, verb.shown ?? verb.keys[0].toUpperCase()),
  );
}

function verdictChoice(finding, mine, { words, acts }) {
  return el(
    "div",
    { class: "verdicts", role: "group", "aria-label": "The right verdict" },
    VERDICT_KEYS.map((verdict, i) =>
      verdict === finding.verdict
        ? ""
        : el(
            "button",
            { type: "button", class: `tone ${verdict}`, "data-key": `verdict ${verdict}`, "aria-pressed": String(mine?.verdict === verdict), onclick: () => acts.decide("verdict", verdict) },
            badge(verdict),
            words.verdict[verdict],
            el("kbd", { "aria-hidden": "true" }, String(i + 1)),
          ),
    ),
  );
}

// My answer so far, with what has changed since; the others' only once I have given mine.
function answer(mine, view) {
  const { state, judged, words, lead } = view;
  const back = state.undone?.finding === state.chosen ? state.undone : null;
  if (!mine) return back ? el("p", { class: "answer" }, `Taken back: ${decisionWords(back, words)}`) : "";
  const [left, all] = [judged.left(lead).length, judged.entries[lead].length];
  const others = (judged.others.get(state.chosen) ?? []).map((one) => [`${one.reviewer}: ${decisionWords(one, words)}`, ...one.changed].join(". "));
  return el(
    "p",
    { class: "answer", dir: "auto" },
    el("b", {}, decisionWords(mine, words)),
    left && left < all ? ` · ${plural(left, "place")} still open` : "",
    mine.time ? ` · ${clock(mine.time)}` : "",
    others.length ? ` · ${others.join(" · ")}` : "",
    mine.changed.map((change) => el("span", { class: "changed" }, change)),
  );
}

function noteField({ note, acts }) {
  const field = el("textarea", {
    class: "note", rows: "1", "data-key": "note", "aria-label": "Note", placeholder: "Note (E), saved with the decision",
    oninput: () => acts.note(field.value),
    onkeydown: (event) => {
      if (event.key !== "Escape" && (event.key !== "Enter" || event.shiftKey)) return;
      event.preventDefault();
      event.stopPropagation();
      acts.endNote();
    },
  });
  field.value = note;
  return field;
}

// How far I am, who I am, and whether all is saved.
function standing({ judged, log, page, state, me, user, pace, acts }) {
  const ids = page[state.list] ?? [];
  const done = ids.filter((id) => !judged.left(id).length).length;
  const saved = log.status();
  const who = el("button", { type: "button", class: "who", "data-key": "who", title: "Change the reviewer's name", onclick: acts.rename }, me || "Who reviews?");
  return el(
    "div",
    { class: "standing" },
    el("progress", { max: String(ids.length || 1), value: String(done), "aria-label": "Decided" }),
    saved.bad ? el("p", { class: "saved bad", role: "alert" }, saved.words) : "",
    el(
      "p",
      {},
      el("span", { class: "done" }, `${done} of ${ids.length} decided${pace ? ` · ${pace} s each` : ""}`),
      el("span", { class: "saved", role: "status" }, saved.bad ? "" : saved.words),
      user ? el("span", {}, user) : who,
      el("button", { type: "button", class: "undo", "data-key": "undo", disabled: !judged.last, title: "Take back your last decision", onclick: acts.undo }, "Undo ", el("kbd", { "aria-hidden": "true" }, "Z")),
    ),
  );
}

function clock(time) {
  const when = new Date(time);
  const today = when.toDateString() === new Date().toDateString();
  return today ? when.toTimeString().slice(0, 8) : when.toISOString().slice(0, 10);
}
