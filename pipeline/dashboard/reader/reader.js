// The reader: keeps what is chosen, redraws on new data, cleans up after itself.

class Reader {
  constructor(host) {
    this.root = el("div", { class: "reader" });
    this.calls = [];
    this.state = { list: "flagged", chosen: null };
    this.pagelist = { open: false };
    this.desk = new Desk(this);
    this.acts = {
      open: (id, scroll) => this.open(id, scroll),
      openEntry: (lead) => this.openEntry(lead),
      step: (by) => this.step(by),
      choose: (list) => this.choose(list),
      page: (by) => this.turn(by),
      openPage: (id) => this.turnTo(id),
      help: () => this.dialog.showModal(),
      passage: (passage) => this.showPassage(passage),
      ...this.desk.acts,
    };
    const table = commands(this.acts);
    this.dialog = shortcuts(table);
    this.unlisten = listen(table);
    this.fit = this.fit.bind(this);
    document.addEventListener("scroll", this.fit, { capture: true, passive: true });
    window.addEventListener("resize", this.fit);
    host.append(this.root, this.dialog, ...this.desk.nodes);
  }

  // Let the panel fill what the window shows of the desk: before it sticks, while it does, and at the end.
  fit() {
    if (!this.panel?.isConnected) return;
    const { top, bottom } = this.panel.parentElement.getBoundingClientRect();
    const room = Math.min(window.innerHeight - 16, bottom) - Math.max(top + 24, 68);
    this.panel.parentElement.style.setProperty("--room", `${room}px`);
  }

  take(call) {
    this.calls = [...this.calls.slice(-4), call];
    this.show(call);
  }

  drop(call) {
    this.calls = this.calls.filter((other) => other !== call);
    if (this.calls.length) this.show(this.calls.at(-1));
  }

  show({ data, send }) {
    this.send = send;
    this.review = data.review;
    this.desk.log.take(data.review, send);
    const digest = JSON.stringify([data.page, data.pages]);
    if (digest === this.digest) return this.redrawPanel();
    const turned = data.page.id !== this.data?.page.id;
    this.digest = digest;
    this.data = data;
    this.page = data.page.state === "ready" && !data.page.error ? data.page : null;
    if (this.page) index(this.page);
    if (this.page && (turned || !this.page.findings[this.state.chosen])) this.reset();
    this.draw();
  }

  reset() {
    const judged = this.judged();
    const { flagged } = this.page;
    const first = flagged.find((id) => judged.left(id).length);
    this.state = { list: "flagged", chosen: first ? this.face(first, judged) : null };
    this.desk.begin();
  }

  // The entry that the chosen finding belongs to: what is decided.
  get lead() {
    return this.page?.leads[this.state.chosen] ?? null;
  }

  judged() {
    const log = this.desk.log.all.filter((entry) => entry.scope === this.page.article);
    return new Judged(this.review, log, this.page.entries, this.desk.me);
  }

  view() {
    const { page, state, acts, lead, review } = this;
    const judged = this.judged();
    if (state.list === "missed" && !judged.missed.length) state.list = "flagged";
    return { page, state, acts, lead, judged, user: review.user, words: review.words, ...this.desk.view(judged) };
  }

  draw() {
    const { pages, page } = this.data;
    const strip = renderPages(pages, this.acts, this.pagelist);
    if (!this.page) {
      this.panel = null;
      this.put(strip, page.state === "waiting" ? renderWaiting(page) : renderFailure(page));
      return;
    }
    const view = this.view();
    const { body, marks } = this.page.kind === "queue" ? { body: el("div"), marks: [] } : renderArticle(this.page, this.acts.open);
    this.body = body;
    this.marks = marks;
    this.panel = renderPanel(view);
    const [head, notes] = this.page.kind === "queue" ? [] : [renderHead(this.page), renderNotes(this.page, this.acts.passage)];
    this.put(strip, head, el("div", { class: "desk" }, el("div", {}, notes ?? "", body), this.panel), renderFoot(this.page.about));
    this.mark(view);
    this.fit();
    keepInView(this.panel.querySelector(".list"));
  }

  put(...parts) {
    this.root.replaceChildren(...parts.filter(Boolean));
    const tab = this.root.querySelector(":scope > .pages [aria-pressed=true]");
    if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.clientWidth / 3;
  }

  open(id, scroll = false) {
    if (id !== this.state.chosen) this.desk.begin();
    this.state.chosen = id;
    this.state.choosing = false;
    this.redrawPanel();
    if (scroll && id) this.reveal();
  }

  // Open what is decided at once; where some of its places are done, one that is not.
  openEntry(lead) {
    this.open(lead && this.face(lead, this.judged()), true);
  }

  face(lead, judged) {
    return judged.left(lead).find((id) => this.page.findings[id]) ?? lead;
  }

  choose(list) {
    if (!this.page || this.page.kind === "queue") return;
    this.state.list = list;
    const ids = this.page[list] ?? [];
    if (!ids.includes(this.lead) && ids.length) this.state.chosen = this.face(ids[0], this.judged());
    this.redrawPanel();
  }

  step(by) {
    const ids = this.page?.[this.state.list] ?? [];
    if (!ids.length) return;
    const at = ids.indexOf(this.lead);
    const next = at < 0 ? 0 : (at + by + ids.length) % ids.length;
    this.openEntry(ids[next]);
  }

  turn(by) {
    if (this.page?.kind === "queue") return by > 0 && this.send("page", "next");
    const pages = this.data.pages;
    const at = pages.findIndex((page) => page.chosen);
    const next = pages[at + by];
    if (next) this.turnTo(next.id);
  }

  turnTo(id) {
    this.pagelist.open = false;
    this.send("page", id);
  }

  redrawPanel() {
    if (!this.panel) return;
    const focused = this.panel.getRootNode().activeElement?.dataset.key;
    const top = this.panel.querySelector(".card")?.scrollTop ?? 0;
    const caret = focused === "note" ? this.panel.querySelector(".note").selectionStart : 0;
    const view = this.view();
    const same = this.drawn === this.state.chosen;
    updatePanel(this.panel, view);
    if (same && top) this.panel.querySelector(".card").scrollTop = top;
    if (!same) keepInView(this.panel.querySelector(".list"));
    const key = focused?.startsWith("item ") ? `item ${this.lead}` : focused;
    if (key) this.panel.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
    if (focused === "note") this.panel.querySelector(".note")?.setSelectionRange(caret, caret);
    this.mark(view);
  }

  // Show on the left what is chosen, what is decided, what was missed.
  mark(view) {
    const { judged } = view;
    const chosen = this.page.findings[this.state.chosen];
    if (this.page.kind === "queue") {
      if (this.body.dataset.lead !== String(this.lead)) {
        this.body.dataset.lead = String(this.lead);
        this.body.replaceChildren(renderPlaces(view));
      }
      updatePlaces(this.body, view);
    }
    this.drawn = this.state.chosen;
    this.marks.forEach((parts, i) => {
      const decided = this.page.statements[i].findings.every((id) => !judged.open(id));
      parts.forEach((part) => {
        part.classList.toggle("chosen", i === chosen?.statement);
        part.classList.toggle("decided", decided);
        part.setAttribute("aria-pressed", String(i === chosen?.statement));
      });
    });
    if (this.page.blocks) highlight(this.body, "nostrum-missed", judged.missed);
  }

  reveal() {
    const part = this.marks[this.page.findings[this.state.chosen].statement]?.[0];
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    part?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    const at = this.root.getRootNode().activeElement;
    if (part && at?.classList.contains("statement")) part.focus({ preventScroll: true });
  }

  showPassage(passage) {
    highlight(this.body, "nostrum-shown", [passage]);
    rangeOf(this.body, passage.start, passage.end)?.startContainer.parentElement.scrollIntoView({ block: "center" });
  }

  destroy() {
    this.unlisten();
    this.desk.stop();
    for (const name of ["nostrum-missed", "nostrum-shown"]) globalThis.CSS?.highlights?.delete(name);
    document.removeEventListener("scroll", this.fit, { capture: true });
    window.removeEventListener("resize", this.fit);
    for (const node of [this.root, this.dialog, ...this.desk.nodes]) node.remove();
  }
}

// Note of each finding which entry it belongs to.
function index(page) {
  for (const [lead, places] of Object.entries(page.places ?? {})) for (const place of places) page.findings[place.id] = placeCard(page.findings[lead], place);
  page.leads = Object.fromEntries(Object.entries(page.entries).flatMap(([lead, ids]) => ids.map((id) => [id, lead])));
}

// Scroll only the list itself, never the page around it.
function keepInView(list) {
  const item = list?.querySelector("[aria-pressed=true]");
  if (!item) return;
  const [seen, wanted] = [list.getBoundingClientRect(), item.getBoundingClientRect()];
  if (wanted.top < seen.top) list.scrollTop -= seen.top - wanted.top;
  if (wanted.bottom > seen.bottom) list.scrollTop += wanted.bottom - seen.bottom;
}

// Streamlit calls this again for new data without cleaning up first, so a host keeps its one reader. A call that was
// overtaken by newer data may come after the newer one; its clean-up follows at once, while the host still stands.
const readers = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const reader = readers.get(parentElement) ?? new Reader(parentElement);
  readers.set(parentElement, reader);
  const call = { data, send: setTriggerValue };
  reader.take(call);
  return () => {
    if (parentElement.isConnected) return reader.drop(call);
    readers.delete(parentElement);
    reader.destroy();
  };
}
