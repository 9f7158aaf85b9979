// After a refused form the focus stands on the summary; its links put the focus into the field.

export function focusErrors(page) {
  const focus = (root) => {
    const summary = root.querySelector(".error-summary, .refusal");
    if (summary) summary.focus();
  };
  focus(page);
  page.addEventListener("htmx:afterSettle", (event) => focus(event.target));
  page.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".error-summary a");
    if (!link) return;
    const place = page.getElementById(link.hash.slice(1));
    const field = place && (place.matches("input, select, textarea") ? place : place.querySelector("input, select, textarea"));
    if (!field) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    (field.closest(".field") || field).scrollIntoView({ block: "center" });
  });
}
