// 依据 and 口径 open over the page: one at a time, Esc or a press elsewhere closes.

export function popovers(page) {
  const close = (except) => {
    for (const open of page.querySelectorAll("details.basis[open]")) if (open !== except) open.open = false;
  };
  page.addEventListener("click", (event) => close(event.target.closest && event.target.closest("details.basis")));
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const open = page.querySelector("details.basis[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}
