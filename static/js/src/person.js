// A field that asks for a person is not looked up by digits of a number, nor when it is empty: what was said of the text
// before must not stay beside it.

export function person(page) {
  page.addEventListener("htmx:validation:failed", (event) => {
    const field = event.target.closest("[data-digits]");
    if (!field) return;
    const said = page.createElement("p");
    said.className = "match muted";
    said.textContent = field.dataset.digits;
    const box = page.querySelector(field.getAttribute("hx-target"));
    box.replaceChildren(...(field.value.trim() ? [said] : []));
  });
}
