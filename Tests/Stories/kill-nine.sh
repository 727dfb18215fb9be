#!/usr/bin/env bash
# The service is killed twenty times under load; see kill_nine.py.
exec python3 "$(dirname "$0")/kill_nine.py"
