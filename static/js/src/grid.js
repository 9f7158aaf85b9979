// The count sheet as a grid: Enter goes down the column, arrows move, a block from Excel spills right and down.
// Nothing is handled while an input method composes; without script the cells are plain fields.

export function grid(page) {
  page.addEventListener("keydown", (event) => {
    const place = placeOf(event.target);
    if (!place || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = stepFor(event);
    if (!step) return;
    event.preventDefault();
    const next = event.key === "Enter" ? below(place) : place.rows[place.row + step[0]]?.[place.column + step[1]];
    if (next) { next.focus(); next.select(); }
  });
  page.addEventListener("paste", (event) => {
    const place = placeOf(event.target);
    const text = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!place || !text || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    spill(place, text);
  });
  // A sentence about a cell of another screen (phones) turns to that screen first.
  page.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".error-summary a");
    const cell = link && page.getElementById(link.hash.slice(1))?.closest("td[class*='office-']");
    const screen = cell && page.getElementById(`screen-${cell.className.match(/office-(\d+)/)[1]}`);
    if (screen) screen.checked = true;
  }, true);
}

// Where a cell stands: all rows of its table, each by column; null for another field.
function placeOf(field) {
  const table = field.closest && field.closest("table[data-grid]");
  if (!table || !field.closest("td")) return null;
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td")].map((cell) => cell.querySelector("input")));
  const row = rows.findIndex((cells) => cells.includes(field));
  return { rows, row, column: rows[row].indexOf(field) };
}

function stepFor(event) {
  const { selectionStart: start, selectionEnd: end, value } = event.target;
  switch (event.key) {
    case "Enter":
    case "ArrowDown": return [1, 0];
    case "ArrowUp": return [-1, 0];
    case "ArrowLeft": return start === 0 && (end === 0 || end === value.length) ? [0, -1] : null;
    case "ArrowRight": return end === value.length && (start === end || start === 0) ? [0, 1] : null;
    default: return null;
  }
}

// The next cell down the column, then the top of the next column that is shown.
function below({ rows, row, column }) {
  for (let next = row + 1; next < rows.length; next += 1) if (rows[next][column]) return rows[next][column];
  return rows.map((cells) => cells[column + 1]).find((cell) => cell && cell.offsetParent);
}

function spill({ rows, row, column }, text) {
  let lost = 0;
  text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => {
    line.split("\t").forEach((value, right) => {
      const cell = rows[row + down]?.[column + right];
      if (cell) cell.value = value.trim();
      else if (value.trim()) lost += 1;
    });
  });
  const start = rows[row][column];
  start.dispatchEvent(new Event("change", { bubbles: true }));
  say(start, lost ? `多出${lost}格没有粘贴。请核对起始位置。` : "已粘贴。请核对。");
}

function say(cell, words) {
  const voice = cell.closest("section").querySelector("[data-grid-voice]");
  if (voice) voice.textContent = words;
}
