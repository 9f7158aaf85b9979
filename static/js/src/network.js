// Says when the network is away or slow. What is typed stays on the page.

export function networkNotice(page) {
  const banner = page.getElementById("network");
  if (!banner) return;
  const words = banner.querySelector("p");
  const say = (text) => { words.textContent = text; banner.hidden = false; };
  const hide = () => { banner.hidden = true; };
  let slow;
  const wait = () => { clearTimeout(slow); slow = setTimeout(() => say(banner.dataset.slow), 5000); };
  const done = () => { clearTimeout(slow); hide(); };

  window.addEventListener("offline", () => say(banner.dataset.away));
  window.addEventListener("online", done);
  window.addEventListener("pageshow", done);
  page.addEventListener("submit", (event) => { if (!event.defaultPrevented) wait(); });
  page.addEventListener("htmx:beforeRequest", wait);
  page.addEventListener("htmx:afterRequest", (event) => {
    clearTimeout(slow);
    if (event.detail.xhr && event.detail.xhr.status) hide();
    else say(banner.dataset.away);
  });
}
