// What has been decided: the server's record and the log that is on its way, as one.

class Judged {
  constructor(review, log, entries, me) {
    const undone = new Set(log.map((entry) => entry.undoes));
    const own = log.map((entry) => ({ ...entry, press: pressOf(entry), own: true, changed: [] }));
    const known = new Set([...review.reviews, ...review.missed].map((one) => one.press));
    const fresh = own.filter((one) => !known.has(one.press));
    const decided = fresh.filter((one) => one.decision !== "undo" && one.decision !== "missed");
    const places = decided.flatMap((one) => concerned(one, entries[one.finding] ?? []).map((finding) => ({ ...one, finding })));
    const all = [...review.reviews, ...places].filter((one) => !undone.has(one.press)).sort(byTime);
    const missed = [...review.missed, ...fresh.filter((one) => one.decision === "missed").map(asMissed)];
    this.entries = entries;
    this.missed = missed.filter((one) => !undone.has(one.press));
    this.mine = new Map();
    this.others = new Map();
    for (const one of all) {
      if (one.reviewer === me) this.mine.set(one.finding, one);
      else this.others.set(one.finding, [...(this.others.get(one.finding) ?? []).filter((other) => other.reviewer !== one.reviewer), one]);
    }
    // My last press that can be taken back.
    this.last = [...all, ...this.missed].sort(byTime).findLast((one) => one.reviewer === me) ?? null;
  }

  // My decision on a finding; one that was skipped is still open.
  of(finding) {
    return this.mine.get(finding);
  }

  open(finding) {
    return (this.of(finding)?.decision ?? "skip") === "skip";
  }

  // The places of an entry that are still open; an entry is done when there are none.
  left(lead) {
    return (this.entries[lead] ?? [lead]).filter((id) => this.open(id));
  }

  // Whether an entry waits for a decision; one that was skipped waits for somebody who goes back to it.
  waits(lead) {
    return this.left(lead).some((id) => !this.of(id));
  }

  // The places that one press would be about: all that are open, or all that were decided together with this one.
  together(lead, chosen) {
    if (this.open(chosen)) return this.left(lead);
    const { press } = this.of(chosen);
    return this.entries[lead].filter((id) => this.of(id)?.press === press);
  }
}

// The places a press was about, of all that its claim has.
function concerned(one, ids) {
  return ids.filter((id) => (one.only?.length ? one.only.includes(id) : !one.without?.includes(id)));
}

// What this browser has just sent is the newest, whatever its clock says.
const byTime = (one, other) => {
  const [a, b] = [one.own ? "~" : one.time, other.own ? "~" : other.time];
  return a < b ? -1 : a > b ? 1 : one.seq - other.seq;
};

function asMissed(entry) {
  const { subject, relation_word, object } = entry.claim;
  return { ...entry, claim: [subject, relation_word, object] };
}

function decisionWords(one, words) {
  return one.decision === "verdict" ? `${words.verdict[one.verdict]} instead` : words.decision[one.decision];
}
