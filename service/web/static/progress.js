// Live progress of the newest bundle: a stream of events, read on after a break; polling where a stream is not possible.
const place = document.getElementById("progress");
const POLL_MILLISECONDS = 3000;
const STREAM_FAILURES = 4; // breaks in a row after which the page polls instead
const DEPARTURE_MILLISECONDS = 10_000; // the longest that another page may take to come
const FINAL = ["done", "failed"];
/** When the person last set out for another page. A page that loads itself anew meanwhile would call the person back. */
let departed = -Infinity;
addEventListener("beforeunload", () => {
  departed = performance.now();
});

const words = await (await fetch("/static/words.json")).json();

function chip(state) {
  const made = document.createElement("span");
  made.className = `chip ${state}`;
  made.textContent = words.states[state] ?? state;
  return made;
}

function quiet(text) {
  const made = document.createElement("span");
  made.className = "small quiet stage";
  made.textContent = text;
  return made;
}

function row(file) {
  const found = document.getElementById(`file-${file.id}`);
  if (found) return found;
  const body = document.getElementById("files-body");
  body.querySelector(".none")?.remove();
  const made = document.createElement("tr");
  made.id = `file-${file.id}`;
  const name = document.createElement("td");
  const link = document.createElement("a");
  link.href = `/documents/${file.id}`;
  link.textContent = file.path;
  name.append(link);
  const state = document.createElement("td");
  state.className = "state";
  const rest = document.createElement("td");
  rest.className = "rest";
  rest.colSpan = 4;
  made.append(name, state, rest);
  body.append(made);
  return made;
}

function trouble(file) {
  const said = document.createElement("p");
  said.className = "trouble";
  const sentence = document.createElement("strong");
  sentence.textContent = file.error.message;
  said.append(sentence, ` ${file.error.remedy} (${file.error.code})`);
  if (file.error.code === "encrypted_file") { // trying alone brings no password
    const link = document.createElement("a");
    link.className = "button";
    link.href = "#passwords";
    link.textContent = "Send it again with its password";
    return [said, link];
  }
  const form = document.createElement("form");
  form.method = "post";
  form.action = `/documents/${file.id}/retry`;
  const button = document.createElement("button");
  button.textContent = "Retry";
  form.append(button);
  return [said, form];
}

/** Put what is known of a file into its row. */
function showFile(file) {
  const line = row(file);
  if (line.dataset.state === file.state && ["read", "partial"].includes(file.state)) return;
  line.dataset.state = file.state;
  const state = line.querySelector(".state");
  state.replaceChildren(chip(file.state));
  let rest = line.querySelector(".rest");
  if (!rest) { // a file that is read again: its row falls back to one wide cell
    while (line.cells.length > 2) line.deleteCell(2);
    rest = line.insertCell();
    rest.className = "rest";
    rest.colSpan = 4;
  }
  rest.replaceChildren();
  if (file.state === "working") {
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", `Progress of ${file.path}`);
    if (file.total) {
      bar.max = file.total;
      bar.value = file.done;
    }
    const stage = words.stages[file.stage] ?? file.stage;
    rest.append(bar, " ", quiet(file.total ? `${stage}, ${file.done} of ${file.total}` : stage));
  } else if (file.state === "failed" && file.error) {
    rest.append(...trouble(file));
  } else if (["read", "partial"].includes(file.state)) {
    rest.append(quiet("shown with the newest assessment"));
  }
}

function showBundle(bundle) {
  for (const file of bundle.documents ?? []) showFile(file);
  const idle = bundle.state === "reading" && !bundle.files_done && !document.querySelector("#files-body [data-state=working]");
  document.getElementById("bundle-state").textContent = idle ? place.dataset.idle : (words.bundles[bundle.state] ?? bundle.state);
  if (bundle.files) { // before it is unpacked nobody knows how many there are
    const bar = document.getElementById("bundle-bar");
    bar.max = bundle.files;
    bar.value = bundle.files_done;
    const missed = bundle.files_failed ? `, ${bundle.files_failed} not read` : "";
    const things = bundle.files === 1 ? "file" : "files";
    document.getElementById("bundle-count").textContent = `${bundle.files_done} of ${bundle.files} ${things} done${missed}`;
  }
  place.dataset.state = bundle.state;
  if (FINAL.includes(bundle.state)) document.getElementById("fresh").hidden = false;
  return FINAL.includes(bundle.state);
}

function poll() {
  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.poll);
      if (answer.status === 401) return location.reload(); // signed out meanwhile
      if (answer.ok && showBundle(await answer.json())) return finish();
    } catch {
      // The service is away for a moment: ask again.
    }
    setTimeout(ask, POLL_MILLISECONDS);
  };
  ask();
}

/** Everything is done: show the assessment, unless the person is in the middle of something or on the way elsewhere. */
function finish() {
  if (finish.called) return;
  finish.called = true;
  show();
}

function show() {
  // A download, too, sets out, and stays: look again when the way elsewhere would long have been gone.
  if (performance.now() - departed < DEPARTURE_MILLISECONDS) return setTimeout(show, DEPARTURE_MILLISECONDS);
  const busy = document.querySelector("details[open], dialog[open]") || document.activeElement?.matches("input, select, textarea") || typed();
  if (!busy) location.reload();
}

/** Whether a field holds what was typed or chosen and not sent: loading the page anew would lose it. */
function typed() {
  return [...document.querySelectorAll("input, textarea")].some((field) => (field.type === "file" ? field.files.length : field.value !== field.defaultValue));
}

function stream() {
  const source = new EventSource(place.dataset.stream); // reconnects by itself and says where it stopped
  let failures = 0;
  const got = (event) => {
    failures = 0;
    let bundle;
    try {
      bundle = JSON.parse(event.data);
    } catch {
      return;
    }
    if (showBundle(bundle)) {
      source.close();
      finish();
    }
  };
  source.addEventListener("progress", got);
  source.addEventListener("end", () => {
    source.close();
    finish();
  });
  source.addEventListener("error", () => {
    failures += 1;
    if (source.readyState === EventSource.CLOSED || failures >= STREAM_FAILURES) {
      source.close();
      poll();
    }
  });
}

if (place && !FINAL.includes(place.dataset.state)) {
  if (place.dataset.stream && window.EventSource) stream();
  else if (place.dataset.poll) poll();
}
