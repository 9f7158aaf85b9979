// What is typed into a form marked data-autosave is kept on the server a few seconds later, so that a power cut costs
// little. Nothing is kept in the browser. Without script the button of the form does the same.

const AFTER = 3000; // ms of rest

export function autosave(page) {
  for (const form of page.querySelectorAll("form[data-autosave]")) {
    let timer;
    const later = () => { clearTimeout(timer); timer = setTimeout(() => keep(form), AFTER); };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", () => clearTimeout(timer));
  }
}

function keep(form) {
  if (form.dataset.sending) return;
  const body = new FormData(form);
  body.delete("act");
  say(form, "正在保存");
  fetch(form.action, { method: "POST", body, headers: { "X-Autosave": "1", "X-Act": key() }, redirect: "manual" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then(({ version }) => {
      for (const field of document.querySelectorAll("input[name=version]")) field.value = version;
      const now = new Date();
      say(form, `已自动保存 ${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`);
    })
    .catch(() => say(form, "没有自动保存。请点“保存并重新检查”。"));
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
