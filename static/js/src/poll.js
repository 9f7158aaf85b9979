// A running job asks for its state every 2 s, every 10 s while the page is hidden, and tells a screen reader at
// each quarter. The element carries hx-get, hx-trigger="poll" and the header X-Poll, so it keeps no session alive.

const STEP = 2000;
const HIDDEN_STEPS = 5;

export function poll(page) {
  let round = 0;
  let told = -1;
  const tell = () => {
    const bar = page.querySelector("[data-poll] progress");
    const voice = page.getElementById("job-voice");
    if (!bar || !voice) return;
    const quarter = Math.floor((bar.value / (bar.max || 1)) * 4);
    if (quarter !== told && told !== -1) voice.textContent = `已办${quarter * 25}%`;
    told = quarter;
  };
  tell();
  if (!page.querySelector("[data-poll]")) return;
  setInterval(() => {
    round += 1;
    if (page.hidden && round % HIDDEN_STEPS) return;
    for (const running of page.querySelectorAll("[data-poll]")) window.htmx.trigger(running, "poll");
  }, STEP);
  page.addEventListener("htmx:afterSettle", tell);
}
