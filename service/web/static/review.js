// Review by keyboard: a current passage, decisions by the same forms that work without this script.
import { on, tell } from "./keys.js";

const cards = [...document.querySelectorAll(".passage")];
let current = cards.findIndex((card) => `#${card.id}` === location.hash);
if (cards.length === 1) current = 0;

function go(place, focus = true) {
  if (!cards.length) return;
  current = Math.max(0, Math.min(cards.length - 1, place));
  for (const card of cards) card.classList.toggle("current", card === cards[current]);
  if (focus) {
    cards[current].focus({ preventScroll: true });
    cards[current].scrollIntoView({ block: "nearest" });
    if (cards.length > 1) history.replaceState(null, "", `#${cards[current].id}`);
  }
}

/** The page beside this one, where the passages of this page end; false where there is none. */
function turn(relation) {
  const link = document.querySelector(`.pager a[rel=${relation}]`);
  if (!link) return false;
  location.assign(link.href);
  return true;
}

function card() {
  if (current < 0) go(0);
  return cards[current];
}

function openForm() {
  const details = card()?.querySelector("details.decide");
  if (!details) return null;
  details.open = true;
  return details.querySelector("form.review");
}

function submit(form, action) {
  form.requestSubmit(form.querySelector(`button[value=${action}]`));
}

on("next", () => {
  if (current + 1 >= cards.length) return turn("next");
  return go(current + 1);
});
on("previous", () => {
  if (current <= 0) return turn("prev");
  return go(current - 1);
});
on("open", (_, event) => {
  if (event.target instanceof Element && event.target.closest("a, button, summary, input")) return false;
  if (cards.length < 2 || current < 0) return false;
  location.assign(card().dataset.open);
  return true;
});
on("confirm", () => {
  const form = openForm();
  if (form?.classList.contains("blind")) tell("This one is judged without the model's answer: choose what it is.");
  else if (form) submit(form, "confirm");
});
on("override", () => openForm()?.querySelector(`input[value="${card().dataset.mode}"]`)?.focus());
on("mode", (mode) => {
  const form = openForm();
  if (!form) return;
  form.querySelector(`input[value="${mode}"]`).checked = true;
  if (form.classList.contains("blind")) return form.requestSubmit();
  if (mode === card().dataset.mode) {
    tell("That is what it is said to be: press c to confirm it.");
    return;
  }
  form.querySelector("input[name=reason]").focus();
  tell("Write a reason and press Enter to override.");
});
on("undo", () => {
  const form = cards[current]?.querySelector("form.undo") ?? document.querySelector("form.undo.last");
  if (form) form.requestSubmit();
  else tell("There is no decision to undo on this passage.");
});

for (const form of document.querySelectorAll("form.review")) {
  form.addEventListener("submit", (event) => {
    const reason = form.querySelector("input[name=reason]");
    const overrides = !event.submitter || event.submitter.value === "override";
    if (form.classList.contains("blind") || !overrides || reason.value.trim()) return;
    event.preventDefault();
    reason.focus();
    tell("An override needs a reason: one sentence is enough.");
  });
}
cards.forEach((one, place) => one.addEventListener("focusin", () => go(place, false)));
if (current < 0 && cards.length && document.querySelector("form.undo.last")) current = 0; // a decision was just given: go on with the next
if (current >= 0 && (cards.length > 1 || document.querySelector("form.undo.last"))) go(current);

// The cited cells, lines or boxes are what the page was opened for: bring the first of them into sight.
const cited = document.querySelector(".places .cited, .places rect");
if (cited) {
  const box = cited.closest(".scroll");
  if (box) box.scrollTop = Math.max(0, cited.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3);
  const place = cited.getBoundingClientRect();
  if (place.bottom > window.innerHeight || place.top < 0) cited.scrollIntoView({ block: "center" });
}
document.documentElement.dataset.review = "ready";
