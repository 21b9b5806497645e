// Keys for the review: each presses a button or follows a link of the page, which works without them. None while somebody
// types, and none with Ctrl, Alt or Meta.

const keys = document.querySelector("#keys"), edit = document.querySelector("#edit");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") { event.target.blur(); if (edit) edit.open = false; }
    return;
  }
  if (event.key === "?") keys.open ? keys.close() : keys.showModal();
  else if (keys.open) return;
  else if (event.key === "e" && edit) { edit.open = true; edit.querySelector("select, input:not([type=hidden])").focus(); }
  else press(event.key) || (event = null);
  event?.preventDefault();
});

function press(key) {
  const target = key.length === 1 && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (target) target.click();
  return target;
}

// Enter in a field of the edit form accepts as edited, not with the form's first button.
edit?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input, select")) {
    event.preventDefault();
    edit.querySelector("button").click();
  }
});
