#!/bin/sh
# Makes .venv with exactly the packages of requirements.lock. Run by `make setup`; does nothing twice (see the Makefile).
set -eu
cd "$(dirname "$0")/../.."

good() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
complete() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
  for name in python3.11 python3.12 python3.13 python3 python3.14; do
    for folder in $(printf %s "$PATH" | tr ':' ' ') /usr/bin /usr/local/bin /opt/homebrew/bin; do
      if [ -x "$folder/$name" ] && good "$folder/$name" && complete "$folder/$name"; then
        echo "$folder/$name"
        return
      fi
    done
  done
}

if [ ! -x .venv/bin/python ] || ! good .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=$(find_python)
  if [ -z "$python" ]; then
    sh portal/setup/system.sh python3 python3-venv
    python=$(find_python)
  fi
  if [ -z "$python" ]; then
    echo "Coplan needs Python 3.11 or newer with its venv module: please install it, then run this again." >&2
    exit 1
  fi
  "$python" -m venv --clear .venv
fi

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
.venv/bin/python -m pip install -qq --require-hashes -r requirements.lock
.venv/bin/python -m pip install -qq --no-deps --no-build-isolation -e .
