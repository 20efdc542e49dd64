// Keyboard: one table of commands serves the listener and the list of shortcuts.

function commands(acts) {
  return [
    { keys: ["n", "j"], words: "Next statement in the list", act: () => acts.step(1) },
    { keys: ["p", "k"], words: "Previous statement in the list", act: () => acts.step(-1) },
    { keys: ["f"], words: "List flagged statements only", act: () => acts.choose("flagged") },
    { keys: ["a"], words: "List all claims", act: () => acts.choose("all") },
    { keys: ["]"], words: "Next page", act: () => acts.page(1) },
    { keys: ["["], words: "Previous page", act: () => acts.page(-1) },
    { keys: ["?"], words: "Show this list", act: () => acts.help() },
  ];
}

function listen(table) {
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event)) return;
    const command = table.find((entry) => entry.keys.includes(event.key));
    if (!command) return;
    event.preventDefault();
    command.act();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

// True where a letter belongs to a field, a menu or an open dialog and not to us.
function typing(event) {
  const at = event.composedPath()[0];
  return (
    at instanceof Element &&
    (at.closest("input, textarea, select, dialog[open], [role=combobox], [role=listbox], [role=menu], [role=dialog]") != null ||
      at.isContentEditable)
  );
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
          el("div", {}, el("dt", {}, entry.keys.map((key) => el("kbd", {}, key))), el("dd", {}, entry.words)),
        ),
      ),
      close,
    ),
  );
  return dialog;
}
