// Where decisions are made: the notes, the reviewer's name, missed claims, and what goes into the log.

class Desk {
  constructor(reader) {
    this.reader = reader;
    this.notes = new Map();
    this.picks = new Map();
    this.seconds = [];
    this.name = storedName();
    this.log = new Log(() => reader.redrawPanel());
    this.naming = nameDialog((name) => this.named(name));
    this.missing = missedDialog((claim) => this.saveMissed(claim));
    this.acts = {
      decide: (decision, verdict) => this.decide(decision, verdict),
      disagree: () => this.disagree(),
      undo: () => this.undo(),
      rename: () => this.ask(() => {}),
      note: (text) => this.notes.set(reader.lead, text),
      editNote: () => reader.panel?.querySelector(".note")?.focus(),
      endNote: () => this.endNote(),
      missed: () => this.markMissed(),
      tick: (id, on) => this.tick(id, on),
    };
    this.marker = el(
      "button",
      { type: "button", class: "marking", hidden: true, onmousedown: (event) => event.preventDefault(), onclick: this.acts.missed },
      "Mark as a missed claim ",
      el("kbd", { "aria-hidden": "true" }, "M"),
    );
    this.offer = this.offer.bind(this);
    document.addEventListener("selectionchange", this.offer);
  }

  get nodes() {
    return [this.marker, this.naming.dialog, this.missing.dialog];
  }

  get me() {
    return this.reader.review.user || this.name;
  }

  // A card is on screen from now.
  begin() {
    this.since = performance.now();
  }

  view(judged) {
    const { log, me, seconds, reader } = this;
    const pace = seconds.length && Math.round(seconds.reduce((sum, one) => sum + one) / seconds.length);
    return { log, me, pace, ticked: this.ticked(judged), note: this.notes.get(reader.lead) ?? judged.of(reader.state.chosen)?.note ?? "" };
  }

  // The places that the next press is about: the chosen one is always among them.
  ticked(judged) {
    const { lead, state } = this.reader;
    if (!lead) return new Set();
    const picked = this.picks.get(lead);
    return picked?.has(state.chosen) ? picked : new Set(judged.together(lead, state.chosen));
  }

  // Take a place in or out; one stays. Where the chosen one goes, another of them is chosen.
  tick(id, on) {
    const { lead, state } = this.reader;
    const picked = new Set(this.ticked(this.reader.judged()));
    if (on) picked.add(id);
    else if (picked.size > 1) picked.delete(id);
    this.picks.set(lead, picked);
    if (picked.has(state.chosen)) this.reader.redrawPanel();
    else this.reader.open([...picked].find((one) => this.reader.page.findings[one]) ?? state.chosen);
  }

  // Say in a press which places of the claim it is not about; of those that are not listed only as a whole.
  apart(lead, ticked) {
    const { entries, rest } = this.reader.page;
    const without = entries[lead].filter((id) => !ticked.has(id));
    return without.includes(rest?.[lead]?.id) ? { without: [], only: [...ticked] } : { without, only: [] };
  }

  // One press: it is about what is on screen now, and the next card comes at once.
  decide(decision, verdict = "") {
    const lead = this.reader.lead;
    if (!lead || verdict === this.reader.page.findings[lead].verdict) return;
    if (!this.me) return this.ask(() => this.decide(decision, verdict));
    const seconds = Math.round((performance.now() - this.since) / 100) / 10;
    const { note, ticked } = this.reader.view();
    this.save(lead, decision, { verdict, note: note.trim(), seconds, ...this.apart(lead, ticked) });
    this.notes.delete(lead);
    this.picks.delete(lead);
    this.seconds = [...this.seconds.slice(-24), seconds];
    this.reader.state.undone = null;
    this.forward(lead);
  }

  forward(lead) {
    const ids = this.reader.page[this.reader.state.list] ?? [];
    const at = ids.indexOf(lead);
    const judged = this.reader.judged();
    const next = [...ids.slice(at + 1), ...ids.slice(0, at + 1)].find((id) => judged.waits(id));
    this.reader.openEntry(at < 0 ? lead : (next ?? null));
  }

  disagree() {
    if (!this.reader.lead) return;
    this.reader.state.choosing = !this.reader.state.choosing;
    this.reader.redrawPanel();
  }

  undo() {
    if (!this.reader.page) return;
    const judged = this.reader.judged();
    const last = judged.last;
    if (!last) return;
    this.save(last.finding ?? "", "undo", { undoes: last.press });
    const entry = this.reader.page.leads[last.finding];
    if (last.decision === "missed" || !entry) return this.reader.redrawPanel();
    if (last.note) this.notes.set(entry, last.note);
    this.picks.delete(entry);
    const finding = this.reader.face(entry, this.reader.judged());
    this.reader.state.undone = { ...last, finding };
    this.reader.open(finding, true);
  }

  // Leave the note; where a decision stands, it is saved again with the new note.
  endNote() {
    const lead = this.reader.lead;
    const { judged, ticked } = this.reader.view();
    const mine = judged.of(this.reader.state.chosen);
    this.reader.panel.querySelector(".note").blur();
    const note = this.notes.get(lead);
    if (mine && note !== undefined && note.trim() !== mine.note) {
      this.save(lead, mine.decision, { verdict: mine.verdict, note: note.trim(), ...this.apart(lead, ticked) });
      this.notes.delete(lead);
    }
    this.reader.redrawPanel();
  }

  ask(then) {
    this.then = then;
    this.naming.show(this.name);
  }

  named(name) {
    this.name = name;
    this.reader.redrawPanel();
    this.then?.();
  }

  offer() {
    const passage = this.reader.page?.blocks && selectedPassage(this.reader.root.getRootNode(), this.reader.body);
    this.marker.hidden = !passage;
    if (!passage) return;
    const { left, bottom } = rangeOf(this.reader.body, passage.start, passage.end).getBoundingClientRect();
    Object.assign(this.marker.style, { left: `${left}px`, top: `${Math.min(bottom + 8, window.innerHeight - 48)}px` });
  }

  markMissed() {
    if (!this.reader.page?.blocks) return;
    const passage = selectedPassage(this.reader.root.getRootNode(), this.reader.body);
    if (!passage) return;
    const show = () => this.missing.show(passage, this.reader.review.words);
    if (this.me) show();
    else this.ask(show);
  }

  saveMissed(claim) {
    this.save("", "missed", claim);
    this.reader.redrawPanel();
  }

  save(finding, decision, more) {
    this.log.add({ scope: this.reader.page.article, reviewer: this.me, finding, decision, verdict: "", note: "", seconds: 0, without: [], only: [], ...more });
  }

  stop() {
    this.log.stop();
    document.removeEventListener("selectionchange", this.offer);
  }
}
