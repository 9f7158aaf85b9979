// The help rail at the right folds away and stays folded: a choice of layout, nothing about people.

const KEY = "rail-folded";

export function foldRail(page) {
  for (const rail of page.querySelectorAll("details.rail")) {
    const box = rail.closest(".with-rail");
    if (!box) continue;
    if (recall() || window.innerWidth < 992) rail.open = false;
    box.classList.toggle("is-folded", !rail.open);
    rail.addEventListener("toggle", () => {
      box.classList.toggle("is-folded", !rail.open);
      if (window.innerWidth >= 992) remember(!rail.open);
    });
  }
}

function recall() {
  try { return localStorage.getItem(KEY) === "1"; } catch { return false; }
}

function remember(folded) {
  try { localStorage.setItem(KEY, folded ? "1" : "0"); } catch { /* storage is switched off */ }
}
