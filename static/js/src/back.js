// A refused form is the answer to a POST. When it is left, by its button or by a link, its place in the history becomes
// an ordinary page: the back button opens the form and not the browser's question whether to send it once more. Until
// then F5 still sends what was typed.

export function back(page) {
  page.addEventListener("submit", (event) => { if (!event.defaultPrevented) becomeOrdinary(); });
  page.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (link && !link.target && !link.getAttribute("href").startsWith("#")) becomeOrdinary();
  });
}

function becomeOrdinary() {
  window.history.replaceState(window.history.state, "", window.location.href);
}
