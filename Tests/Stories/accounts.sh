#!/usr/bin/env bash
# The staff door in a real browser: first link, password, second step, in and out; see accounts.py.
# Playwright and axe come from PyPI into a folder of their own beside the build; the browser is Debian's.
set -euo pipefail
folder=$(cd "$(dirname "$0")/../.." && pwd)/.build/browser-tools
if [ ! -x "$folder/bin/python" ] || ! "$folder/bin/python" -c 'import playwright, axe_playwright_python, openapi_spec_validator' 2>/dev/null; then
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet playwright axe-playwright-python openapi-spec-validator
fi
exec "$folder/bin/python" "$(dirname "$0")/accounts.py"
