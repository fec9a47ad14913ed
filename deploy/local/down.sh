#!/usr/bin/env bash
# Ends what up.sh started in a folder, each process by its id, and nothing else. The data stay, unless --wipe takes them away.
#
#   down.sh [--folder DIR] [--wipe]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

wipe=
patience=60

while [ $# -gt 0 ]; do
  case $1 in
    --folder)
      [ $# -gt 1 ] || refuse '--folder needs a value.'
      folder=$2
      shift 2
      ;;
    --wipe)
      wipe=yes
      shift
      ;;
    *) refuse "down.sh knows --folder and --wipe, and not $1." ;;
  esac
done
[ -e "$folder/$mark" ] || refuse "up.sh has not been at work in $folder."
folder=$(cd "$folder" && pwd)

ask_to_end() { # name, signal
  local pid
  pid=$(pid_of "$1")
  [ -z "$pid" ] || kill "-$2" "$pid" 2>/dev/null || true
}

# Returns when it is gone: by itself, or, once it has had its time, by force.
await_end() { # name
  local until=$((SECONDS + patience))
  while [ -n "$(pid_of "$1")" ]; do
    [ "$SECONDS" -lt "$until" ] || ask_to_end "$1" KILL
    sleep 0.1
  done
  rm -f "$folder/pids/$1"
}

# From the outside in: nobody comes any more, the nodes finish what they have, and the database goes last.
for names in haproxy 'node1 node2 node3'; do
  for name in $names; do ask_to_end "$name" TERM; done
  for name in $names; do await_end "$name"; done
done
# INT: sessions that are still there are ended, and everything is written.
ask_to_end postgres INT
await_end postgres

if [ -n "$wipe" ]; then
  rm -rf "$folder"/{postgres,node1,node2,node3,pids,logs,keys.pfx,password,pgpass,"$mark"}
  rmdir "$folder" 2>/dev/null || true
fi
