// "/" outside a field puts the cursor into the search box. Never while an input method composes.

export function searchKey(page) {
  const box = page.getElementById("search");
  if (!box) return;
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
