// A- / A+ without a new page. The server keeps the choice; without script the same form posts and comes back.

export function fontSwitch(page) {
  const root = page.documentElement;
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-font-switch]") || !event.submitter) return;
    event.preventDefault();
    const wanted = Number(event.submitter.value);
    if (wanted < 1 || wanted > 3) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("font_scale", wanted);
    root.dataset.font = wanted;
    for (const other of page.querySelectorAll("[data-font-switch]")) show(other, wanted);
    fetch(form.action, { method: "POST", body, redirect: "manual", headers: { "X-Requested-With": "fetch" } })
      .catch(() => {}); // the size has changed here; the next page asks the server again
    renewAct(form);
  });
}

function show(form, scale) {
  const [smaller, larger] = form.querySelectorAll("button");
  smaller.value = Math.max(1, scale - 1);
  larger.value = Math.min(3, scale + 1);
  smaller.setAttribute("aria-disabled", String(scale === 1));
  larger.setAttribute("aria-disabled", String(scale === 3));
}

// The next press is another act, so it needs a key of its own (5.11).
function renewAct(form) {
  const act = form.elements.act;
  if (!act) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  act.value = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
