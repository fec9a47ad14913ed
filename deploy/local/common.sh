# What up.sh and down.sh have in common: where things are, and how a process that up.sh started is known again.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$root/data/local
mark=made-by-socialqi-local

refuse() {
  printf '%s\n' "$@" >&2
  exit 1
}

# An id alone is not enough: once its process is gone the system gives it to another one.
born() { # pid
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${stat##*) }
  # What has ended and waits for its parent is gone.
  [ "$1" != Z ] && printf '%s' "${20}"
}

remember() { # name, pid
  [ -n "$2" ] || return 0
  printf '%s %s\n' "$2" "$(born "$2")" >"$folder/pids/$1"
}

# The pid of what up.sh started under this name; nothing where that is no longer there.
pid_of() { # name
  local pid since
  { read -r pid since <"$folder/pids/$1"; } 2>/dev/null || return 0
  [ -z "$since" ] || [ "$(born "$pid")" != "$since" ] || printf '%s' "$pid"
}
