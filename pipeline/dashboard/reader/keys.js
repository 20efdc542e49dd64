// Keyboard: one table of commands serves the listener and the list of shortcuts.

function commands(acts) {
  return [
    ...VERBS.map((verb) => ({
      keys: verb.keys,
      words: verb.words,
      act: verb.decision === "verdict" ? acts.disagree : () => acts.decide(verb.decision),
    })),
    { keys: VERDICT_KEYS.map((_, i) => String(i + 1)), shown: ["1", "…", "5"], words: "Another verdict, at once", act: (key) => acts.decide("verdict", VERDICT_KEYS[key - 1]) },
    { keys: ["e"], words: "Write a note; Enter ends it", act: () => acts.editNote() },
    { keys: ["z"], words: "Take back the last decision", act: () => acts.undo() },
    { keys: ["m"], words: "Mark the selected words as a missed claim", act: () => acts.missed() },
    { keys: ["n", "j"], words: "Next statement in the list", act: () => acts.step(1) },
    { keys: ["p", "k"], words: "Previous statement in the list", act: () => acts.step(-1) },
    { keys: ["f"], words: "List flagged statements only", act: () => acts.choose("flagged") },
    { keys: ["l"], words: "List all claims", act: () => acts.choose("all") },
    { keys: ["]"], words: "Next page, or next batch", act: () => acts.page(1) },
    { keys: ["["], words: "Previous page", act: () => acts.page(-1) },
    { keys: ["?"], words: "Show this list", act: () => acts.help() },
  ];
}

function listen(table) {
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat || typing(event)) return;
    if (event.key === "Enter" && pressable(event)) return;
    const command = table.find((entry) => entry.keys.includes(event.key));
    if (!command) return;
    event.preventDefault();
    command.act(event.key);
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

// True where a letter belongs to a field, a menu or an open dialog and not to us.
function typing(event) {
  const at = event.composedPath()[0];
  return (
    at instanceof Element &&
    (at.closest("input:not([type=checkbox]), textarea, select, dialog[open], [role=combobox], [role=listbox], [role=menu], [role=dialog]") != null ||
      at.isContentEditable)
  );
}

// True where Enter has a meaning of its own; on the statement that is chosen already it confirms.
function pressable(event) {
  const at = event.composedPath()[0];
  if (at instanceof Element && at.closest(".statement[aria-pressed=true], .list [aria-pressed=true]")) return false;
  return at instanceof Element && at.closest("button, a, summary, [role=button], [role=tab]") != null;
}

function shortcuts(table) {
  const close = el("button", { type: "button", class: "close", onclick: () => dialog.close() }, "Close");
  const dialog = el(
    "dialog",
    { "aria-label": "Keyboard shortcuts", onclick: (event) => event.target === dialog && dialog.close() },
    el(
      "div",
      { class: "sheet" },
      el("h2", {}, "Keyboard shortcuts"),
      el(
        "dl",
        {},
        table.map((entry) =>
          el("div", {}, el("dt", {}, (entry.shown ?? entry.keys).map((key) => el("kbd", {}, key))), el("dd", {}, entry.words)),
        ),
      ),
      close,
    ),
  );
  return dialog;
}
