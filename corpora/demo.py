"""The demonstration: ``make demo`` sends six suppliers' bundles through the public interface and prints what comes out.

It starts the service as any administrator would, on a free port and a data folder of its own, uploads the bundles over HTTP, follows
their progress by server-sent events and asks for the reports. Run again, it finds the bundles read already and only prints.
"""

import argparse
import contextlib
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from corpora.authored import AuthoredSupplier, load_corpus
from corpora.render import render_supplier

FOLDER = Path(".cache/demo")
START_SECONDS = 120.0  # the first start converts the language model, which takes most of a minute on two slow cores
STAGES = {
    "waiting": "waiting",
    "extract": "reading pages",
    "judge": "judging passages",
    "store": "storing",
    "done": "done",
}
console = Console(highlight=False)


def bundle_of(supplier: AuthoredSupplier) -> Path:
    """The folder with the rendered files of a demo supplier, rendered now if its text changed."""
    folder = FOLDER / "bundles" / supplier.id
    sources = "".join(document.source.read_text(encoding="utf-8") for document in supplier.documents)
    mark, marked = FOLDER / "bundles" / f"{supplier.id}.rendered", str(hash_of(sources))
    if not (mark.exists() and mark.read_text() == marked):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        render_supplier(supplier, folder)
        mark.write_text(marked)
    return folder


def hash_of(text: str) -> str:
    """A short hash of a text."""
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextlib.contextmanager
def service(keep: bool) -> Iterator[str]:
    """The address of a running service; stopped cleanly afterwards unless it is kept."""
    command = [str(Path(sys.executable).parent / "livingproof"), "serve", "--data", str(FOLDER / "data"), "--port", "0"]
    log = (FOLDER / "service.log").open("w", encoding="utf-8")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        yield _address(process)
        if keep:
            console.print("\nThe service goes on running. Press Ctrl+C to stop it.")
            with contextlib.suppress(KeyboardInterrupt):
                process.wait()
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        log.close()


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    start = time.monotonic()
    for line in process.stdout:
        if found := re.search(r"https?://[\w.\[\]:]+:\d+", line):
            address = found.group(0)
            while time.monotonic() - start < START_SECONDS:
                with contextlib.suppress(httpx.TransportError):
                    if httpx.get(f"{address}/api/v1/ready", timeout=5).status_code == 200:
                        return address
                time.sleep(0.2)
            break
    raise SystemExit(f"The service did not start; {FOLDER / 'service.log'} says why.")


def send(client: httpx.Client, supplier: str, folder: Path) -> dict[str, Any]:
    """Upload every file of a folder as one bundle, under its path in the folder."""
    with contextlib.ExitStack() as stack:
        files = [
            ("files", (path.relative_to(folder).as_posix(), stack.enter_context(path.open("rb"))))
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]
        answer = client.post(f"/suppliers/{supplier}/bundles", files=files, timeout=600)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def follow(client: httpx.Client, bundle: str, name: str) -> None:
    """Bars for the files of a bundle until it is finished, as the service reports them."""
    columns = (
        TextColumn("{task.description}", justify="left"),
        BarColumn(24),
        TextColumn("{task.fields[stage]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=console.is_terminal) as progress:
        whole = progress.add_task(f"[bold]{name}[/bold]", total=None, stage="receiving")
        bars: dict[str, Any] = {}
        for event in _events(client, bundle):
            progress.update(whole, total=max(1, event["files"]), completed=event["files_done"], stage=event["state"])
            for file in event.get("documents", []):
                if file["id"] not in bars:
                    bars[file["id"]] = progress.add_task(
                        f"  {file['path'][-56:]}", total=None, stage="waiting", visible=console.is_terminal
                    )
                stage = file["error"]["message"] if file["error"] else STAGES[file["stage"]]
                done = file["state"] in ("read", "partial", "failed")
                progress.update(
                    bars[file["id"]],
                    total=file["total"] or 1,
                    completed=(file["total"] or 1) if done else file["done"],
                    stage=stage,
                )
                if done and console.is_terminal:
                    progress.update(bars[file["id"]], visible=bool(file["error"]))


def _events(client: httpx.Client, bundle: str) -> Iterator[dict[str, Any]]:
    with client.stream("GET", f"/bundles/{bundle}/events", timeout=None) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                event = json.loads(line[6:])
                if "files" in event:
                    yield event


def report(client: httpx.Client, supplier: str, form: str, day: str) -> str:
    """The supplier's report in a format, as of the day on which the story of the demo is told."""
    wanted = {"format": form, "reference_date": day}
    return client.get(f"/suppliers/{supplier}/report/export", params=wanted, timeout=300).raise_for_status().text


def main() -> int:
    """Run the demonstration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave the service running at the end")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    suppliers = [s for s in load_corpus() if s.demo]
    console.print(
        f"Rendering {sum(len(s.documents) for s in suppliers)} documents of {len(suppliers)} suppliers into the files a factory would send …"
    )
    bundles = {s.id: bundle_of(s) for s in suppliers}
    console.print("Starting the service: web page, API, workers, queue, database and index …")
    with service(options.keep) as address:
        client = httpx.Client(base_url=f"{address}/api/v1", timeout=60)
        known = {s["name"]: s for s in client.get("/suppliers").raise_for_status().json()["items"]}
        written = []
        for supplier in suppliers:
            entry = known.get(supplier.name)
            if entry is None:
                entry = client.post("/suppliers", json={"name": supplier.name}).raise_for_status().json()
            if not entry["documents"] or entry["documents_open"]:
                follow(client, send(client, entry["id"], bundles[supplier.id])["id"], supplier.name)
            console.print()
            console.rule(supplier.name)
            console.print(report(client, entry["id"], "text", supplier.reference_date), markup=False, soft_wrap=True)
            page = FOLDER / "reports" / f"{supplier.id}.html"
            page.parent.mkdir(exist_ok=True)
            page.write_text(report(client, entry["id"], "html", supplier.reference_date), encoding="utf-8")
            written.append((supplier.name, page, f"{address}/suppliers/{entry['id']}"))
        console.rule("Where to look")
        for name, page, url in written:
            console.print(
                f"{name}\n  report {page}\n  page   {url}{'' if options.keep else '  (while the service runs: make demo KEEP=1)'}",
                soft_wrap=True,
            )
        console.print(f"\nDone in {time.monotonic() - start:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
