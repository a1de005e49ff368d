#!/bin/sh
# Installs the system packages that Coplan uses, where this user may; otherwise names the missing ones in one sentence.
# Run by `make setup`. With arguments: installs these instead.
set -eu

WANTED="postgresql chromium libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk"
WANTED_BREW="postgresql@16 chromium pango font-noto-sans font-noto-sans-arabic font-noto-sans-sc"

as_root=none
if [ "$(id -u)" = 0 ]; then
  as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  as_root="sudo -n"
fi

there() { # is this Debian package here, or a program that stands in for it?
  case "$1" in
    postgresql) for bin in /usr/lib/postgresql/*/bin/initdb; do [ -x "$bin" ] && return 0; done ;;
    chromium) for name in chromium chromium-browser google-chrome; do command -v "$name" >/dev/null 2>&1 && return 0; done ;;
  esac
  dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

install_all() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }

if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
  missing=""
  for package in ${*:-$WANTED}; do
    there "$package" || missing="$missing $package"
  done
  [ -n "$missing" ] || exit 0
  if [ "$as_root" != none ]; then
    echo "Installing$missing"
    log=$(mktemp)
    $as_root apt-get update -qq >"$log" 2>&1 || true
    if ! install_all $missing >>"$log" 2>&1; then
      failed="" # one that this release does not have must not keep the others away
      for package in $missing; do
        install_all "$package" >>"$log" 2>&1 || failed="$failed $package"
      done
      missing=$failed
      [ -z "$missing" ] || tail -n 20 "$log" >&2
    else
      missing=""
    fi
    rm -f "$log"
    [ -n "$missing" ] || exit 0
  fi
elif command -v brew >/dev/null 2>&1; then
  missing=""
  for package in $WANTED_BREW; do
    brew list "$package" >/dev/null 2>&1 || missing="$missing $package"
  done
  [ -n "$missing" ] || exit 0
  brew install --quiet $missing && exit 0
else
  missing=" PostgreSQL (server), Chromium, Pango, HarfBuzz (subset) and the Noto fonts"
fi

told=.venv/.told
if [ "$(cat "$told" 2>/dev/null)" != "$missing" ]; then
  echo "Please install these system packages, which PDF files and some tests need:$missing"
  if [ -d .venv ]; then printf %s "$missing" >"$told"; fi
fi
exit 0
