#!/usr/bin/env bash
# Breaks a cluster of real processes in the ways that are named, or in all: bash tests/faults.sh [--full] [FAULT …]
# Prints what each came to, and ends with one line: N passed, N failed. Without --full each is as small as in tests/run.sh.
# SOCIALQI_FAULT_SECONDS bounds each fault.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

name=SocialQI.Cluster.Tests
program=tests/$name/bin/Release/net10.0/$name
bound=${SOCIALQI_FAULT_SECONDS:-1200}
running=
scratch=
passed=0
failed=0

clean() {
  [ -z "$running" ] || kill -KILL -- "-$running" 2>/dev/null || true
  [ -z "$scratch" ] || { awk -v folder="$scratch/" 'index($2, folder) == 1 { print $2 }' /proc/mounts | xargs -r umount -l && rm -rf "$scratch"; }
}
trap clean EXIT
trap 'exit 130' INT TERM

mapfile -t all < <(sed -nE 's/.*Trait\("fault", "([a-z]+)"\).*/\1/p' "tests/$name"/Faults/*.cs | sort -u)
wanted=()
for word in "$@"; do
  case $word in
    --full) export SOCIALQI_FAULTS=full ;;
    *)
      if ! printf '%s\n' "${all[@]}" | grep -qxF -- "$word"; then
        printf 'There is no fault %s. There are: %s\n' "$word" "${all[*]}" >&2
        exit 2
      fi
      wanted+=("$word")
      ;;
  esac
done
[ "${#wanted[@]}" -gt 0 ] || wanted=("${all[@]}")

bash tests/run.sh --install
dotnet build "tests/$name" -c Release --nologo -v quiet -clp:ErrorsOnly

# PostgreSQL, under its own account, must get through.
scratch=$(mktemp -d)
chmod 755 "$scratch"
export SOCIALQI_FIGURES=$scratch/figures
: >"$SOCIALQI_FIGURES"

number_of() { # what, in the summary line
  sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$2"
}

suffer() { # fault
  local log=$scratch/$1.log code=0 summary bad
  set -m
  TMPDIR=$scratch timeout --kill-after=20 "$bound" "$program" -noLogo -noColor -noAutoReporters -failSkips -explicit on -trait "fault=$1" >"$log" 2>&1 </dev/null &
  running=$!
  set +m
  wait "$running" || code=$?
  kill -KILL -- "-$running" 2>/dev/null || true
  running=
  summary=$(grep -E '^ +[^ ]+ +Total: [0-9]+, Errors: [0-9]+, Failed: ' "$log" | tail -n 1 || true)
  if [ -z "$summary" ] || [ "$(number_of Total "$summary")" -eq 0 ]; then
    failed=$((failed + 1))
  else
    bad=$(($(number_of Failed "$summary") + $(number_of Errors "$summary")))
    failed=$((failed + bad))
    passed=$((passed + $(number_of Total "$summary") - bad))
  fi
  [ "$code" -eq 0 ] && return
  printf '\n== %s ended with code %s\n' "$1" "$code"
  tail -n 60 "$log"
}

figure() { # fault, which
  sed -nE "s/^figure faults\.$1\.$2 ([0-9.]+) .*/\1/p" "$SOCIALQI_FIGURES" | tail -n 1
}

row() {
  printf '%-11s %7s %8s %5s %11s %10s %16s %8s\n' "$@"
}

row fault rounds acked lost duplicated reordered 'recovery p95 ms' seconds
for fault in "${wanted[@]}"; do
  began=$SECONDS
  suffer "$fault"
  cells=()
  for which in rounds acked lost duplicated reordered 'recovery\.p95'; do
    cell=$(figure "$fault" "$which")
    cells+=("${cell:--}")
  done
  row "$fault" "${cells[@]}" $((SECONDS - began))
done

echo
cat "$SOCIALQI_FIGURES"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
