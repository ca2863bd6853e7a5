#!/usr/bin/env bash
# Installs with apt what building or testing needs and this machine lacks. Usage: tools/install.sh build|test
# Where everything is present it does nothing and needs no network.
set -euo pipefail

has() { command -v "$1" >/dev/null 2>&1; }

wanted=()
want() { # want PACKAGE COMMAND...: unless one of the commands is there
  local package=$1 command
  shift
  for command; do has "$command" && return; done
  wanted+=("$package")
}

for program in go node npm make cc; do
  has "$program" || { echo "Parley is built with Go 1.26, Node 20, make and a C compiler: no $program here" >&2; exit 1; }
done

want flite flite
want espeak-ng espeak-ng # German, French and Spanish
[ -e /usr/include/opus/opus.h ] || wanted+=(libopus-dev)
want git git
want pkg-config pkg-config pkgconf
case "${1:-}" in
  build) ;;
  test)
    want sip-tester sipp
    want baresip baresip
    want chromium chromium
    want sox sox
    want opus-tools opusenc
    want imagemagick convert magick
    /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || wanted+=(python3-aiosmtpd)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || wanted+=(postgresql)
    ;;
  *) echo "usage: tools/install.sh build|test" >&2; exit 2 ;;
esac
[ ${#wanted[@]} -gt 0 ] || exit 0

echo "Installing: ${wanted[*]}"
has apt-get || { echo "no apt-get here: install these by hand, then run make again" >&2; exit 1; }
root=()
[ "$(id -u)" -eq 0 ] || root=(sudo)
"${root[@]}" apt-get update -q </dev/null
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${wanted[@]}" </dev/null
