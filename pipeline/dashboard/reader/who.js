// The reviewer's name, asked for before the first decision and kept in this browser.

const NAME = "nostrum.reviewer";

function storedName() {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

function nameDialog(done) {
  const field = el("input", { name: "reviewer", required: true, maxlength: "80", autocomplete: "name", pattern: ".*\\S.*" });
  const dialog = el(
    "dialog",
    { "aria-label": "Who reviews?" },
    el(
      "form",
      {
        method: "dialog",
        class: "sheet",
        onsubmit: () => {
          const name = field.value.trim();
          try {
            localStorage.setItem(NAME, name);
          } catch {}
          done(name);
        },
      },
      el("h2", {}, "Who reviews?"),
      el("label", {}, "Your name, which is saved with each decision", field),
      el("div", { class: "acts" },
        el("button", { type: "button", class: "plain", onclick: () => dialog.close() }, "Cancel"),
        el("button", { type: "submit", class: "primary" }, "Continue")),
    ),
  );
  const show = (name) => {
    field.value = name;
    dialog.showModal();
    field.focus();
  };
  return { dialog, show };
}
