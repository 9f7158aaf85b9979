// What is typed into a form marked data-autosave is kept on the server a few seconds later, so that a power cut costs
// little. Whatever else is pressed on the page waits for it: nothing typed is left behind, and nobody overtakes himself.
// Nothing is kept in the browser. Without script the button of the form does the same.

const AFTER = 3000; // ms of rest

export function autosave(page) {
  for (const form of page.querySelectorAll("form[data-autosave]")) watch(page, form);
}

function watch(page, form) {
  let timer = 0;
  let sending = null;
  const rest = () => { clearTimeout(timer); timer = 0; };
  const send = () => {
    rest();
    sending = keep(form).finally(() => { sending = null; });
    return sending;
  };
  const later = () => { rest(); timer = setTimeout(send, AFTER); };
  const settled = () => (timer ? send() : sending);
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  page.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    const own = target === form;
    if (own) rest();
    const waiting = own ? sending : settled();
    if (!waiting || event.defaultPrevented) return;
    event.preventDefault();
    waiting.then((kept) => { if (kept || own) target.requestSubmit(submitter); });
  }, true);
  page.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.target || event.button || event.ctrlKey || event.shiftKey || event.metaKey || event.altKey) return;
    const waiting = settled();
    if (!waiting) return;
    event.preventDefault();
    waiting.then((kept) => { if (kept) window.location.assign(link.href); });
  }, true);
}

// True when it is on the server.
function keep(form) {
  if (form.dataset.sending) return Promise.resolve(true);
  const body = new FormData(form);
  body.delete("act");
  say(form, "正在保存");
  return fetch(form.action, { method: "POST", body, headers: { "X-Autosave": "1", "X-Act": key() }, redirect: "manual" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then(({ version }) => {
      for (const field of document.querySelectorAll("input[name=version]")) field.value = version;
      const now = new Date();
      say(form, `已自动保存 ${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`);
      return true;
    })
    .catch(() => {
      say(form, "没有自动保存。请点“保存并重新检查”。");
      return false;
    });
}

function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function say(form, words) {
  const voice = form.querySelector("[data-autosave-voice]");
  if (voice) voice.textContent = words;
}
