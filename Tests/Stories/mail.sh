#!/usr/bin/env bash
# News by mail through a real SMTP server with TLS and a login, and everything that goes wrong with it; see mail.py.
# The server (aiosmtpd) comes from PyPI into a folder of its own beside the build.
set -euo pipefail
folder=$(cd "$(dirname "$0")/../.." && pwd)/.build/mail-tools
if [ ! -x "$folder/bin/python" ] || ! "$folder/bin/python" -c 'import aiosmtpd' 2>/dev/null; then
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet aiosmtpd
fi
exec "$folder/bin/python" "$(dirname "$0")/mail.py"
