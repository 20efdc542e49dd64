// The reader: keeps what is chosen, redraws on new data, cleans up after itself.

class Reader {
  constructor(host) {
    this.root = el("div", { class: "reader" });
    this.calls = [];
    this.state = { list: "flagged", chosen: null };
    this.acts = {
      open: (id, scroll) => this.open(id, scroll),
      step: (by) => this.step(by),
      choose: (list) => this.choose(list),
      page: (by) => this.turn(by),
      help: () => this.dialog.showModal(),
    };
    const table = commands(this.acts);
    this.dialog = shortcuts(table);
    this.unlisten = listen(table);
    this.fit = this.fit.bind(this);
    document.addEventListener("scroll", this.fit, { capture: true, passive: true });
    window.addEventListener("resize", this.fit);
    host.append(this.root, this.dialog);
  }

  // Let the panel fill what the window shows of the desk: before it sticks, while it does, and at the end.
  fit() {
    if (!this.panel?.isConnected) return;
    const { top, bottom } = this.panel.parentElement.getBoundingClientRect();
    const room = Math.min(window.innerHeight - 16, bottom) - Math.max(top + 24, 68);
    this.panel.style.setProperty("--room", `${room}px`);
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
    const digest = JSON.stringify(data);
    if (digest === this.digest) return;
    const turned = data.page.id !== this.data?.page.id;
    this.digest = digest;
    this.data = data;
    this.page = data.page.state === "ready" && !data.page.error ? data.page : null;
    if (this.page && (turned || !this.page.findings[this.state.chosen])) this.reset();
    this.draw();
  }

  reset() {
    this.state = { list: "flagged", chosen: this.page.flagged[0] ?? null };
  }

  draw() {
    const { pages, page } = this.data;
    const strip = renderPages(pages, (id) => this.send("page", id));
    if (!this.page) {
      this.put(strip, page.state === "waiting" ? renderWaiting(page) : renderFailure(page));
      return;
    }
    const { body, marks } = renderArticle(this.page, this.acts.open);
    this.marks = marks;
    this.panel = renderPanel(this.page, this.state, this.acts);
    this.put(strip, renderHead(this.page), el("div", { class: "desk" }, body, this.panel), renderFoot(this.page.about));
    this.mark();
    this.fit();
  }

  put(...parts) {
    this.root.replaceChildren(...parts.filter(Boolean));
    const tab = this.root.querySelector(".pages [aria-pressed=true]");
    if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.clientWidth / 3;
  }

  open(id, scroll = false) {
    this.state.chosen = id;
    this.redrawPanel();
    this.mark();
    if (scroll) this.reveal();
  }

  choose(list) {
    if (!this.page) return;
    this.state.list = list;
    if (!this.page[list].includes(this.state.chosen) && this.page[list].length) this.state.chosen = this.page[list][0];
    this.redrawPanel();
    this.mark();
  }

  step(by) {
    const ids = this.page?.[this.state.list] ?? [];
    if (!ids.length) return;
    const at = ids.indexOf(this.state.chosen);
    const next = at < 0 ? 0 : (at + by + ids.length) % ids.length;
    this.open(ids[next], true);
  }

  turn(by) {
    const pages = this.data.pages;
    const at = pages.findIndex((page) => page.chosen);
    const next = pages[at + by];
    if (next) this.send("page", next.id);
  }

  redrawPanel() {
    const focused = this.panel.getRootNode().activeElement?.dataset.key;
    const top = this.panel.querySelector(".list")?.scrollTop ?? 0;
    const fresh = renderPanel(this.page, this.state, this.acts);
    this.panel.replaceWith(fresh);
    this.panel = fresh;
    this.fit();
    const list = fresh.querySelector(".list");
    if (list) keepInView(list, list.querySelector("[aria-pressed=true]"), top);
    const key = focused?.startsWith("item ") ? `item ${this.state.chosen}` : focused;
    if (key) fresh.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }

  mark() {
    const chosen = this.page.findings[this.state.chosen]?.statement;
    this.marks.forEach((parts, i) =>
      parts.forEach((part) => {
        part.classList.toggle("chosen", i === chosen);
        part.setAttribute("aria-pressed", String(i === chosen));
      }),
    );
  }

  reveal() {
    const part = this.marks[this.page.findings[this.state.chosen].statement]?.[0];
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    part?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  destroy() {
    this.unlisten();
    document.removeEventListener("scroll", this.fit, { capture: true });
    window.removeEventListener("resize", this.fit);
    this.root.remove();
    this.dialog.remove();
  }
}

// Scroll only the list itself, never the page around it.
function keepInView(list, item, top) {
  list.scrollTop = top;
  if (!item) return;
  const over = item.offsetTop - list.offsetTop;
  if (over < list.scrollTop) list.scrollTop = over;
  if (over + item.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = over + item.offsetHeight - list.clientHeight;
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
