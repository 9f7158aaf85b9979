// A pressed button works once: it is switched off while the answer is awaited. The key in the form (act) makes a
// second sending harmless anyway; this spares the doubt.

const AGAIN_AFTER = 10000; // a download gives no new page, so the button comes back by itself

export function once(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "1";
    const button = event.submitter;
    // After this turn, so that the name and value of the button are sent.
    setTimeout(() => switchOff(form, button), 0);
    setTimeout(() => switchOn(form), AGAIN_AFTER);
  });
  page.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form && form.method === "post") switchOff(form, form.querySelector("button.btn-primary"));
  });
  page.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) switchOn(form);
  });
  window.addEventListener("pageshow", () => page.querySelectorAll("form[data-sending]").forEach(switchOn));
}

function switchOff(form, button) {
  for (const one of form.querySelectorAll("button:not([disabled])")) {
    one.disabled = true;
    one.dataset.off = "1";
  }
  if (!button || button.dataset.words) return;
  button.dataset.words = button.textContent;
  button.textContent = button.dataset.busy || "正在保存";
}

function switchOn(form) {
  delete form.dataset.sending;
  for (const one of form.querySelectorAll("button[data-off]")) {
    one.disabled = false;
    delete one.dataset.off;
    if (one.dataset.words) one.textContent = one.dataset.words;
    delete one.dataset.words;
  }
}
