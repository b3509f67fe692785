// Sending files: dropped or chosen, each with its own bar. The form works without this script, in one request.
import { tell } from "./keys.js";

const form = document.getElementById("upload");
const input = document.getElementById("files");
const list = document.getElementById("sending");

/** Files of a drop, those inside folders too; names keep the folder. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, name: file.name }));
  const found = [];
  for (const entry of entries) await walk(entry, "", found);
  return found;
}

async function walk(entry, folder, found) {
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    found.push({ file, name: folder + file.name });
    return;
  }
  const reader = entry.createReader();
  for (;;) { // a reader hands out at most a hundred entries at a time
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return;
    for (const inner of some) await walk(inner, `${folder}${entry.name}/`, found);
  }
}

function line(name) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  label.textContent = name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  const state = document.createElement("span");
  state.className = "small quiet";
  item.append(label, bar, state);
  list.append(item);
  return { bar, state };
}

/** Bytes sent so far, dealt to the files in the order in which the browser sends them. */
function show(lines, files, sent) {
  let left = sent;
  files.forEach(({ file }, place) => {
    const own = Math.min(left, file.size);
    left -= own;
    lines[place].bar.value = file.size ? own / file.size : Number(sent > 0);
    lines[place].state.textContent = own >= file.size ? "sent" : own ? `${Math.floor((100 * own) / file.size)} %` : "";
  });
}

function send(files) {
  if (!files.length) return;
  list.replaceChildren();
  const lines = files.map(({ name }) => line(name));
  const body = new FormData();
  for (const { file, name } of files) body.append("files", file, name);
  const passwords = document.getElementById("passwords").value;
  if (passwords) body.append("password", passwords);
  const request = new XMLHttpRequest(); // fetch does not tell how much was sent
  request.open("POST", form.dataset.send);
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => show(lines, files, event.loaded));
  request.addEventListener("load", () => {
    if (request.status < 300) {
      show(lines, files, Infinity);
      location.reload();
      return;
    }
    const error = request.response;
    failed(lines, error?.code ? `${error.message} ${error.remedy} (${error.code})` : "The files could not be sent. Try again.");
  });
  request.addEventListener("error", () => failed(lines, "The connection broke off. Nothing was kept; send the files again."));
  form.querySelector("button").disabled = true;
  request.send(body);
}

function failed(lines, words) {
  form.querySelector("button").disabled = false;
  for (const { state } of lines) state.textContent = "not sent";
  let place = form.querySelector(".trouble");
  if (!place) {
    place = document.createElement("p");
    place.className = "trouble";
    place.setAttribute("role", "alert");
    form.append(place);
  }
  place.textContent = words;
  tell(words);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send([...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name })));
});
for (const name of ["dragenter", "dragover"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) form.classList.remove("over");
});
form.addEventListener("drop", async (event) => {
  event.preventDefault();
  form.classList.remove("over");
  send(await dropped(event.dataTransfer));
});
// A file dropped beside the box must not replace the page.
for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
