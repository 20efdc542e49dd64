// What has been decided: the server's record and the log that is on its way, as one.

class Judged {
  constructor(review, pending, entries, me) {
    this.me = me;
    const saved = new Set(review.reviews.map((one) => one.press));
    const coming = pending.filter((entry) => !saved.has(pressOf(entry))).map((entry) => ({ ...entry, press: pressOf(entry), changed: [] }));
    const undone = new Set(coming.map((entry) => entry.undoes));
    const decided = coming.filter((entry) => !["undo", "missed"].includes(entry.decision));
    const all = [
      ...review.reviews,
      ...decided.flatMap((entry) => (entries[entry.finding] ?? [entry.finding]).map((finding) => ({ ...entry, finding }))),
    ].filter((one) => !undone.has(one.press));
    this.missed = [...review.missed, ...coming.filter((entry) => entry.decision === "missed").map(asMissed)].filter((one) => !undone.has(one.press));
    this.mine = new Map();
    this.others = new Map();
    for (const one of all) {
      if (one.reviewer === me) this.mine.set(one.finding, one);
      else this.others.set(one.finding, [...(this.others.get(one.finding) ?? []).filter((other) => other.reviewer !== one.reviewer), one]);
    }
    this.presses = [...all, ...this.missed].filter((one) => one.reviewer === me);
  }

  // My decision on a finding; one that was skipped is still open.
  of(finding) {
    return this.mine.get(finding);
  }

  open(finding) {
    return (this.of(finding)?.decision ?? "skip") === "skip";
  }

  // My last press that can be taken back.
  get last() {
    return this.presses.reduce((last, one) => (last && order(last) > order(one) ? last : one), null);
  }
}

// What is still on its way has no time yet: it is the newest.
const order = (one) => `${one.time ?? "~"} ${String(one.seq ?? 0).padStart(9, "0")}`;

function asMissed(entry) {
  const { subject, relation_word, object } = entry.claim;
  return { ...entry, claim: [subject, relation_word, object] };
}

function decisionWords(one, words) {
  return one.decision === "verdict" ? `${words.verdict[one.verdict]} instead` : words.decision[one.decision];
}
