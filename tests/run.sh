#!/usr/bin/env bash
# Builds everything once, runs every test project, and ends with one line: N passed, N failed.
# A skipped test counts as failed, for a green run must not hide a missing tool; SOCIALQI_ALLOW_SKIP=1 lets skips pass.
# With --install it only installs what tests need and this machine lacks.
# SOCIALQI_TEST_SECONDS bounds each project. SOCIALQI_FIGURES is the file in which tests write what they measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

lines_of_a_failure=12
lines_of_failures=60
passed=0
failed=0
running=
scratch=

finish() {
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

give_up() {
  printf '%s\n' "$@"
  passed=0 failed=1
  finish
}

clean() {
  [ -z "$running" ] || kill -KILL -- "-$running" 2>/dev/null || true
  [ -z "$scratch" ] || { awk -v folder="$scratch/" 'index($2, folder) == 1 { print $2 }' /proc/mounts | xargs -r umount -l && rm -rf "$scratch"; }
}
trap clean EXIT
trap 'exit 130' INT TERM

has_postgres() {
  if [ -n "${SOCIALQI_PG:-}" ]; then [ -x "$SOCIALQI_PG/initdb" ]; else compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; fi
}

has_browser() {
  local browser
  for browser in "${SOCIALQI_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$browser" ] && [ -x "$browser" ]; then return; fi
  done
  return 1
}

has_font() {
  [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || { command -v fc-list >/dev/null && fc-list | grep -qi 'DejaVu *Sans'; }
}

# What checks the files for operators, by the programs that they are for.
has() { command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]; }

has_node() { command -v node >/dev/null && command -v npm >/dev/null; }

missing_packages() {
  has_postgres || echo postgresql
  has_browser || echo chromium
  has_font || echo fonts-dejavu-core
  has_node || printf '%s\n' nodejs npm
  has haproxy || echo haproxy
  has nginx || echo nginx
  has promtool || echo prometheus
  { has systemd-analyze && has systemd-sysusers && has systemd-tmpfiles; } || echo systemd
  has curl || echo curl
  has ip || echo iproute2
}

install_what_is_missing() {
  command -v dotnet >/dev/null || give_up 'These tests need the .NET SDK that global.json names. Install it and put dotnet on PATH.'

  local missing
  mapfile -t missing < <(missing_packages)
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    printf 'Installing %s\n' "${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    # What is installed to be asked is not to begin to serve: the proxies would take this machine's ports.
    local policy=
    [ -e /usr/sbin/policy-rc.d ] || { policy=/usr/sbin/policy-rc.d && printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"; }
    if apt-get update -qq; then
      apt-get install -y -qq --no-install-recommends "${missing[@]}" || true
    fi
    [ -z "$policy" ] || rm -f "$policy"
    mapfile -t missing < <(missing_packages)
    [ "${#missing[@]}" -gt 0 ] || return 0
  fi

  local hint="Missing: ${missing[*]}. Install with: apt-get install --no-install-recommends ${missing[*]}"
  if [ -n "${SOCIALQI_ALLOW_SKIP:-}" ]; then
    printf '%s\nGoing on without, because SOCIALQI_ALLOW_SKIP is set.\n' "$hint"
  else
    give_up "$hint" 'Or name what you have: SOCIALQI_PG (folder with initdb), SOCIALQI_CHROMIUM (the browser).'
  fi
}

number_of() { # what, in the summary line of a project
  sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$2"
}

run_project() { # name
  local name=$1 log=$scratch/$1.log bound=${SOCIALQI_TEST_SECONDS:-1800} code=0 summary
  local program=tests/$name/bin/Release/net10.0/$name
  local options=(-noLogo -noColor -noAutoReporters -longRunning $((bound / 10 + 1)))
  [ -n "${SOCIALQI_ALLOW_SKIP:-}" ] || options+=(-failSkips)

  printf '\n== %s\n' "$name"
  if ! grep -q "[\\\\/]$name\.csproj\"" SocialQI.sln; then
    echo "$name is not in SocialQI.sln, so it was not built."
    failed=$((failed + 1))
    broken+=("$name")
    return
  fi

  # The project's own program rather than `dotnet test`: that one shows a failure only at the end and never says which test hangs.
  # Job control gives it a process group, so that whatever it leaves behind can be ended; without it Ctrl-C would be ignored inside.
  : >"$log"
  set -m
  TMPDIR=$scratch timeout --kill-after=20 "$bound" "$program" "${options[@]}" >"$log" 2>&1 </dev/null &
  running=$!
  set +m
  tail -n +1 -f -s 0.2 --pid="$running" "$log"
  wait "$running" || code=$?
  kill -KILL -- "-$running" 2>/dev/null || true
  running=

  summary=$(grep -E '^ +[^ ]+ +Total: [0-9]+, Errors: [0-9]+, Failed: ' "$log" | tail -n 1 || true)
  local total=0 bad=0 skipped=0 unasked=0
  if [ -n "$summary" ]; then
    total=$(number_of Total "$summary")
    skipped=$(number_of Skipped "$summary")
    unasked=$(number_of 'Not Run' "$summary")
    bad=$(($(number_of Failed "$summary") + $(number_of Errors "$summary")))
    passed=$((passed + total - $(number_of Failed "$summary") - skipped - unasked))
  fi

  if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then
    echo "$name did not end within $bound s; a line [Long Running Test] above names the test it hung in."
    bad=$((bad + 1))
  elif [ -z "$summary" ]; then
    echo "$name ended with code $code before its summary."
    bad=$((bad + 1))
  elif [ "$total" -eq "$unasked" ]; then
    echo "$name ran no test."
    bad=$((bad + 1))
  elif [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then
    echo "$name ended with code $code although no test failed."
    bad=1
  fi
  failed=$((failed + bad))
  [ "$bad" -eq 0 ] || broken+=("$name")
}

install_what_is_missing
[ "${1:-}" != --install ] || exit 0

figures=${SOCIALQI_FIGURES:-$root/artifacts/figures.txt}
case $figures in /*) ;; *) figures=$root/$figures ;; esac
mkdir -p "$(dirname "$figures")"
: >"$figures"
export SOCIALQI_FIGURES=$figures

dotnet build SocialQI.sln -c Release --nologo -v minimal || give_up 'The build failed.'

# Temporary folders of tests lie in one of ours, and go with it. PostgreSQL, under its own account, must get through.
scratch=$(mktemp -d)
chmod 755 "$scratch"
broken=()
for project in tests/*.Tests/*.Tests.csproj; do
  [ -e "$project" ] || give_up 'There is no test project under tests/.'
  run_project "$(basename "$project" .csproj)"
done

echo
if [ -s "$figures" ]; then
  printf '== Figures\n'
  cat "$figures"
  echo
fi
if [ "${#broken[@]}" -gt 0 ]; then
  # Once more where whoever reads only the end finds them.
  printf '== Failures in %s\n' "${broken[*]}"
  for project in "${broken[@]}"; do grep -A "$lines_of_a_failure" -F '[FAIL]' "$scratch/$project.log" | head -n "$lines_of_failures" || true; done
fi
finish
