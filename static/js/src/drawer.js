// The phone menu. Without script it opens by :target; here it also closes by Esc and keeps the focus inside.

export function drawer(page) {
  const menu = page.getElementById("menu");
  const opener = page.querySelector('[data-opens="menu"]');
  if (!menu || !opener) return;
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-controls", "menu");
  opener.setAttribute("aria-expanded", "false");

  const set = (open) => {
    menu.classList.toggle("is-open", open);
    opener.setAttribute("aria-expanded", String(open));
    if (open) menu.querySelector("a").focus();
    else opener.focus();
  };
  const isOpen = () => menu.classList.contains("is-open");

  opener.addEventListener("click", (event) => { event.preventDefault(); set(!isOpen()); });
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") { event.preventDefault(); set(!isOpen()); }
  });
  for (const closer of page.querySelectorAll('[data-closes="menu"]')) {
    closer.addEventListener("click", (event) => { event.preventDefault(); set(false); });
  }
  page.addEventListener("keydown", (event) => {
    if (!isOpen() || event.isComposing) return;
    if (event.key === "Escape") set(false);
    if (event.key === "Tab") keepInside(menu, event);
  });
}

function keepInside(menu, event) {
  const stops = [...menu.querySelectorAll("a, button, input:not([type=hidden])")].filter((stop) => stop.offsetParent);
  const first = stops[0];
  const last = stops[stops.length - 1];
  const at = document.activeElement;
  if (event.shiftKey && at === first) { event.preventDefault(); last.focus(); }
  else if (!event.shiftKey && at === last) { event.preventDefault(); first.focus(); }
}
