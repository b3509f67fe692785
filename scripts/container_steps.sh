#!/usr/bin/env bash
# The steps of the Dockerfile and compose.yaml without a container engine: the locked packages of a server in a fresh environment, the
# installed package alone (no checkout on the path), a server and a worker as two processes, one bundle sent, one report read.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
children=""
trap 'kill $children 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
pip="$work/venv/bin/python -m pip -q --disable-pip-version-check"
torch=$(grep -E '^torch==' requirements-service.lock)
$pip install --retries 1 --timeout 20 --no-deps --index-url https://download.pytorch.org/whl/cpu "$torch" 2>/dev/null || $pip install "$torch"
$pip install uv
VIRTUAL_ENV=$work/venv "$work/venv/bin/uv" pip install -q -r requirements-service.lock
$pip install --no-deps .

cd "$work"
export LIVINGPROOF_DATA=$work/data LIVINGPROOF_CACHE=$work/cache LIVINGPROOF_API_TOKEN=only-for-this-test-0123456789
livingproof=$work/venv/bin/livingproof
"$livingproof" serve --port 0 --workers 0 >"$work/serve.log" 2>&1 &
children="$children $!"
for _ in $(seq 120); do address=$(grep -oE 'http://[0-9.]+:[0-9]+' "$work/serve.log" | head -1 || true); [ -n "$address" ] && break; sleep 1; done
[ -n "${address:-}" ] || { cat "$work/serve.log"; exit 1; }
"$livingproof" worker >"$work/worker.log" 2>&1 &
children="$children $!"

ask() { curl -sf -H "Authorization: Bearer $LIVINGPROOF_API_TOKEN" "$@"; }
printf '# 8D report\n\nLot 25C07: 3 of 1240 rejected on 12 March 2025, die vent blocked, vent cleaned, 0 of 600 on re-check 14 March 2025.\n' >"$work/8d.md"
supplier=$(ask -H 'Content-Type: application/json' -d '{"name": "Container test"}' "$address/api/v1/suppliers" | sed 's/.*"id":"\([^"]*\)".*/\1/')
ask -F "files=@$work/8d.md" "$address/api/v1/suppliers/$supplier/bundles" >/dev/null
for _ in $(seq 180); do ask "$address/api/v1/documents?supplier=$supplier" | grep -q '"state":"read"' && break; sleep 1; done
ask "$address/api/v1/suppliers/$supplier/report/export?format=text" | head -20
echo "container steps: passed"
