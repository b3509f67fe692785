// Keys. The map is data (keys.json); other modules say what an action does with `on`.
const actions = new Map();
let map = [];

/** Say what an action of the key map does; `run` gets the part after the colon, if any. */
export function on(action, run) {
  actions.set(action, run);
}

/** Tell the person something, and a screen reader too. */
export function tell(words) {
  const place = document.getElementById("told");
  place.textContent = words;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { place.textContent = ""; }, 6000);
}

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])"));
}

function entryOf(event) {
  return map.find((entry) => entry.keys.includes(event.key));
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const entry = entryOf(event);
  if (!entry) return;
  if (isTyping(event.target) && entry.action !== "leave") return;
  if (document.getElementById("keys").open && entry.action !== "help") return; // Escape closes a dialog by itself
  const [name, detail] = entry.action.split(":");
  const run = actions.get(name);
  if (run && run(detail, event) !== false) event.preventDefault();
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (dialog.open) {
    dialog.close();
    return;
  }
  const list = dialog.querySelector("dl");
  list.replaceChildren();
  for (const entry of map) {
    if (entry.where !== "everywhere" && !actions.has(entry.action.split(":")[0])) continue;
    const term = document.createElement("dt");
    const key = document.createElement("kbd");
    key.textContent = entry.shown;
    term.append(key);
    const words = document.createElement("dd");
    words.textContent = entry.words;
    list.append(term, words);
  }
  dialog.showModal();
}

on("search", () => document.getElementById("search-box")?.focus());
on("help", showKeys);
on("leave", (_, event) => {
  if (!isTyping(event.target)) return false;
  event.target.blur();
  return true;
});

document.addEventListener("keydown", pressed);
map = await (await fetch("/static/keys.json")).json();
document.documentElement.dataset.keys = "ready";
