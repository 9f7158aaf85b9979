// Warns five minutes before the server ends an idle session (UX-30). One key keeps it; what is typed stays.

const WARN_SECONDS = 5 * 60;
const SLACK_SECONDS = 60; // the server notes activity once a minute, so its clock may be a minute ahead of ours

export function idleWarning(page) {
  const banner = page.getElementById("idle");
  if (!banner) return;
  const limit = Number(banner.dataset.minutes) * 60;
  let last = Date.now();
  const seen = () => { last = Date.now(); banner.hidden = true; };

  page.addEventListener("htmx:afterRequest", (event) => {
    const headers = event.detail.requestConfig && event.detail.requestConfig.headers;
    if (event.detail.successful && !(headers && headers["X-Poll"])) seen();
  });
  banner.querySelector("button").addEventListener("click", () => stay(banner, seen));
  setInterval(() => {
    const idle = (Date.now() - last) / 1000;
    if (idle >= limit) return expire(banner);
    if (idle >= limit - WARN_SECONDS - SLACK_SECONDS && banner.hidden) {
      banner.hidden = false;
      banner.querySelector("button").focus();
    }
  }, 5000);
}

function stay(banner, seen) {
  fetch(banner.dataset.alive, { credentials: "same-origin", redirect: "manual" })
    .then((response) => (response.type === "opaqueredirect" || response.status === 403 ? expire(banner) : seen()))
    .catch(() => {}); // the notice about the network says so
}

function expire(banner) {
  banner.hidden = false;
  banner.querySelector("p").textContent = banner.dataset.over;
  banner.querySelector("button").hidden = true;
}
