// The log of decisions. An entry stays in this browser until the server says that it is saved.

const UNSAVED = "nostrum.unsaved.";
// A save takes about 0.1 s; after this long it is sent again, and the reviewer is told.
const PATIENCE = 4000;

class Log {
  constructor(onChange) {
    this.onChange = onChange;
    this.session = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.seq = 0;
    this.tries = 0;
    this.pending = leftBehind();
    // All of this session, saved or not: what the server says may be older than what it has saved.
    this.all = [...this.pending];
    this.scopes = [];
    this.fault = "";
  }

  add(entry) {
    const whole = { ...entry, session: this.session, seq: ++this.seq };
    this.pending.push(whole);
    this.all.push(whole);
    keep(this.session, this.pending);
    if (!this.flying) this.flush();
    return whole;
  }

  // What can be saved now: entries about what the server has open.
  get ready() {
    return this.pending.filter((entry) => this.scopes.includes(entry.scope));
  }

  flush() {
    const entries = this.ready;
    if (!entries.length) return;
    this.flying = setTimeout(() => this.late(), PATIENCE);
    this.send("log", { entries, try: ++this.tries });
  }

  late() {
    this.overdue = true;
    this.flying = null;
    this.flush();
    this.onChange();
  }

  // Take what the server says of the last log, and send what has come up meanwhile.
  take(review, send) {
    this.send = send;
    this.scopes = review.scopes;
    this.fault = review.fault;
    const saved = this.pending.filter((entry) => review.saved.includes(pressOf(entry)));
    if (saved.length) {
      this.pending = this.pending.filter((entry) => !saved.includes(entry));
      for (const session of new Set(saved.map((entry) => entry.session))) keep(session, this.pending);
      this.savedAt = new Date();
    }
    if (this.fault) return;
    if (saved.length || !this.flying) {
      clearTimeout(this.flying);
      this.flying = null;
      this.overdue = false;
      this.flush();
    }
  }

  // How it stands, in words; `bad` is what a reviewer must not overlook.
  status() {
    const waiting = plural(this.pending.length, "decision");
    if (this.pending.length && this.fault) return { bad: true, words: `Not saved: ${this.fault}. ${waiting} kept in this browser; trying again.` };
    if (this.ready.length && this.overdue) return { bad: true, words: `Not saved yet: the server does not answer. ${waiting} kept in this browser; trying again.` };
    if (this.ready.length) return { words: "Saving…" };
    if (this.pending.length) return { words: `${waiting} on a page that is not open: kept until it is.` };
    return { words: this.savedAt ? `Saved ${this.savedAt.toTimeString().slice(0, 8)}` : "" };
  }

  stop() {
    clearTimeout(this.flying);
  }
}

const pressOf = (entry) => `${entry.session}.${entry.seq}`;

// A browser may refuse to keep anything; the log then lives as long as the page.
function keep(session, pending) {
  const own = pending.filter((entry) => entry.session === session);
  try {
    if (own.length) localStorage.setItem(UNSAVED + session, JSON.stringify(own));
    else localStorage.removeItem(UNSAVED + session);
  } catch {}
}

function leftBehind() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(UNSAVED));
    return names.flatMap((name) => JSON.parse(localStorage.getItem(name)));
  } catch {
    return [];
  }
}
