// Words by the keyboard: a letter ticks a theme or presses a button, while the work has the focus.
for (const work of document.querySelectorAll("[data-keys]")) {
  work.classList.add("with-keys");
  if (document.activeElement === document.body && !document.querySelector("[aria-invalid]")) {
    work.focus({ preventScroll: true });
  }
  work.addEventListener("keydown", (event) => {
    const at = event.target;
    const writes = at.matches("input:not([type=checkbox]), textarea, select");
    if (writes || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const key = event.key.toLowerCase();
    if (key === "enter") {
      const first = work.querySelector("[data-enter]");
      if (!first || (at !== work && !at.matches("input"))) return;
      event.preventDefault();
      first.click();
      return;
    }
    const found = [...work.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    if (!found || found.disabled) return;
    event.preventDefault();
    if (found.matches("input:not([type=checkbox])")) found.focus();
    else found.click();
  });
}
