// The entry of paper by the keyboard alone: Enter goes to the next field, and from the last saves.
for (const sheet of document.querySelectorAll("[data-paper]")) {
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox])") || event.ctrlKey) return;
    const fields = [...sheet.querySelectorAll(".paper-sheet input, .paper-sheet textarea")];
    const next = fields[fields.indexOf(event.target) + 1];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next.select) next.select();
  });
}
