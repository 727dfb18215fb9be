#!/usr/bin/env bash
# The README's ten commands, a killed database, a clean stop; see walk.py.
exec python3 "$(dirname "$0")/walk.py"
