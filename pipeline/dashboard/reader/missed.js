// A claim that the checker has missed: select its words, say what they claim.

const NOT_TEXT = ".badge, .tag, .unseen, .marker, .ownmarker, .icon";

// The selection as offsets into the article's text, in characters as Python counts them; null where there is none.
function selectedPassage(root, article) {
  const range = selectedRange(root);
  if (!range || range.collapsed) return null;
  const [start, end] = [offsetOf(article, range.startContainer, range.startOffset), offsetOf(article, range.endContainer, range.endOffset)];
  if (start == null || end == null || start >= end) return null;
  return trimmed(start, end, quoteOf(range));
}

function selectedRange(root) {
  const selection = root.getSelection?.() ?? document.getSelection();
  if (!selection?.rangeCount) return null;
  const [composed] = (!root.getSelection && selection.getComposedRanges?.({ shadowRoots: [root] })) || [];
  return composed ?? selection.getRangeAt(0);
}

function offsetOf(article, node, at) {
  const block = (node instanceof Element ? node : node.parentElement)?.closest("[data-start]");
  if (!block || !article.contains(block)) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, at);
  return Number(block.dataset.start) + length(plainText(before.cloneContents()));
}

function quoteOf(range) {
  const whole = document.createRange();
  whole.setStart(range.startContainer, range.startOffset);
  whole.setEnd(range.endContainer, range.endOffset);
  return plainText(whole.cloneContents());
}

function plainText(fragment) {
  for (const node of fragment.querySelectorAll(NOT_TEXT)) node.remove();
  return fragment.textContent;
}

function trimmed(start, end, quote) {
  const lead = length(quote) - length(quote.trimStart());
  const tail = length(quote) - length(quote.trimEnd());
  return quote.trim() ? { start: start + lead, end: end - tail, quote: quote.trim() } : null;
}

const length = (text) => [...text].length;

// The place of a passage in the drawn article, to be shown or scrolled to.
function rangeOf(article, start, end) {
  const [from, to] = [pointAt(article, start), pointAt(article, end)];
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

function pointAt(article, offset) {
  const blocks = [...article.querySelectorAll("[data-start]")];
  const block = blocks.findLast((one) => Number(one.dataset.start) <= offset);
  if (!block) return null;
  let left = offset - Number(block.dataset.start);
  const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (node.parentElement.closest(NOT_TEXT)) continue;
    const size = length(node.data);
    if (left <= size) return [node, [...node.data].slice(0, left).join("").length];
    left -= size;
  }
  return null;
}

// Passages are shown by the browser's own highlighting, so that the text stays as it was drawn.
function highlight(article, name, passages) {
  if (!globalThis.CSS?.highlights) return;
  const ranges = passages.map((one) => rangeOf(article, one.start, one.end)).filter(Boolean);
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

function missedDialog(save) {
  const dialog = el("dialog", { class: "missed", "aria-label": "A missed claim" });
  const show = (passage, words) => {
    const field = (name, label, given = {}) => el("label", {}, label, el("input", { name, required: true, maxlength: "200", autocomplete: "off", ...given }));
    const choice = (name, label, options) => el("label", {}, label, el("select", { name }, options.map(([value, word]) => el("option", { value }, word))));
    const form = el(
      "form",
      {
        method: "dialog",
        class: "sheet",
        onsubmit: () => {
          const said = Object.fromEntries(new FormData(form));
          save({ start: passage.start, end: passage.end, note: said.note, verdict: said.verdict, claim: { ...said, relation_word: words.relation[said.relation] }, quote: passage.quote });
        },
      },
      el("h2", {}, "A missed claim"),
      el("blockquote", { class: "quote", dir: "auto" }, passage.quote),
      el("div", { class: "slots" },
        field("subject", "What acts", { placeholder: "kratom", autofocus: true }),
        choice("relation", "Does what", Object.entries(words.relation)),
        field("object", "To what", { placeholder: "opioid withdrawal", required: false })),
      el("div", { class: "slots" },
        choice("polarity", "It", [["affirm", "affirms this"], ["deny", "denies this"]]),
        choice("strength", "Strength", [["definite", "definite"], ["hedged", "hedged"], ["absolute", "absolute"]]),
        choice("voice", "Voice", [["own", "the page itself"], ["reported", "others, undisputed"], ["rejected", "others, disputed"]])),
      choice("verdict", "The verdict it deserves", [["", "I cannot say"], ...VERDICT_KEYS.map((verdict) => [verdict, words.verdict[verdict]])]),
      field("note", "Note", { required: false, maxlength: "2000" }),
      el("div", { class: "acts" },
        el("button", { type: "button", class: "plain", onclick: () => dialog.close() }, "Cancel"),
        el("button", { type: "submit", class: "primary" }, "Save")),
    );
    dialog.replaceChildren(form);
    dialog.showModal();
  };
  return { dialog, show };
}
