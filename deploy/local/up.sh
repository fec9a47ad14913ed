#!/usr/bin/env bash
# Starts a whole cluster on this machine: a PostgreSQL of its own, three nodes, and HAProxy in front of them. Prints where it is once all of it serves.
#
#   up.sh [--folder DIR] [--port N] [--program SocialQI.Server.dll]
#
# --folder   what it keeps: data/local in the project. Started on the same folder again, it goes on with the same data.
# --port     where people connect (5080). The eight ports after it are for the nodes (1-3), their silos (4-6), PostgreSQL (7) and HAProxy's figures (8).
# --program  a built server; without it the project is built.
#
# Settings of the service are given in the environment, as in SocialQI__Demo=false. All of it stays on 127.0.0.1. down.sh ends it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

port=5080
program=
nodes=(1 2 3)
patience=180

while [ $# -gt 0 ]; do
  case $1 in
    --folder | --port | --program)
      [ $# -gt 1 ] || refuse "$1 needs a value."
      case $1 in
        --folder) folder=$2 ;;
        --port) port=$2 ;;
        --program) program=$2 ;;
      esac
      shift 2
      ;;
    *) refuse "up.sh knows --folder, --port and --program, and not $1." ;;
  esac
done

[[ $port =~ ^[0-9]{4,5}$ ]] && [ "$port" -ge 1024 ] && [ "$port" -le 32759 ] ||
  refuse "--port is a number from 1024 to 32759: beyond that the system takes ports for outgoing connections."
postgres_port=$((port + 7))
figures_port=$((port + 8))

find_programs() {
  local missing=() one
  for one in curl haproxy flock; do
    command -v "$one" >/dev/null || missing+=("$one")
  done
  [ "${#missing[@]}" -eq 0 ] || refuse "Missing: ${missing[*]}. Install with: apt-get install --no-install-recommends curl haproxy util-linux"
  command -v dotnet >/dev/null || refuse 'The nodes need .NET: install the SDK that global.json names and put dotnet on PATH.'
  postgres=${SOCIALQI_PG:-$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)}
  for one in initdb postgres psql; do
    [ -x "$postgres/$one" ] ||
      refuse "There is no $one in ${postgres:-/usr/lib/postgresql/*/bin}. Install with: apt-get install --no-install-recommends postgresql; or name the folder in SOCIALQI_PG."
  done
}

find_ports() {
  local one
  for one in $(seq "$port" "$figures_port"); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$one") 2>/dev/null; then
      refuse "Port $one is taken. Name another one with --port: it and the eight after it are used."
    fi
  done
}

# initdb refuses root, as PostgreSQL does; the account that the package made takes its place.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && LC_ALL=C exec runuser -u postgres -- "$@"); else LC_ALL=C "$@"; fi
}

make_folder() {
  if [ -d "$folder" ] && [ ! -e "$folder/$mark" ] && [ -n "$(ls -A "$folder")" ]; then
    refuse "$folder holds something else. Name another folder with --folder."
  fi
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  exec 9>>"$folder/$mark"
  flock -n 9 || refuse "Another up.sh is at work in $folder."
  mkdir -p "$folder/pids" "$folder/logs"
  local pids=("$folder"/pids/*) one
  for one in "${pids[@]##*/}"; do
    [ -z "$(pid_of "$one")" ] || refuse "It runs already in $folder ($one). End it with down.sh."
  done
  mkdir -p "$folder/postgres"
  if [ "$(id -u)" -eq 0 ]; then
    id postgres >/dev/null 2>&1 || refuse 'PostgreSQL does not run as root, and there is no account postgres to run it as.'
    chown postgres "$folder/postgres"
  fi
  as_postgres test -w "$folder/postgres" || refuse "The account postgres cannot enter $folder/postgres. Name a folder that everybody may pass through, with --folder."
}

# Whoever is on this machine reaches the port, so each login has a password, in a file that only its owner reads.
keep_secret='[ -s "$0" ] || { umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d " \n" >"$0"; }'

start_postgres() {
  local data=$folder/postgres/data
  sh -c "$keep_secret" "$folder/password"
  (umask 077 && printf '127.0.0.1:*:socialqi:socialqi:%s\n' "$(cat "$folder/password")" >"$folder/pgpass")
  as_postgres sh -c "$keep_secret" "$folder/postgres/password"
  if ! as_postgres test -e "$data/PG_VERSION"; then
    as_postgres rm -rf "$data"
    # A folder that is only there once it is whole: a start that was broken off leaves none.
    as_postgres rm -rf "$data.new"
    as_postgres "$postgres/initdb" -D "$data.new" -U postgres -A scram-sha-256 --pwfile="$folder/postgres/password" -E UTF8 --no-locale --data-checksums \
      >"$folder/logs/initdb.log" 2>&1 9>&- || refuse "initdb failed: $(tail -n 3 "$folder/logs/initdb.log")"
    as_postgres mv "$data.new" "$data"
  fi
  # Three nodes with 20 connections each fit into the 100 that it allows. No socket in the file system: nobody needs one, and its path could be too long.
  as_postgres "$postgres/postgres" -D "$data" -p "$postgres_port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    >>"$folder/logs/postgres.log" 2>&1 </dev/null 9>&- &
  local parent=$! until=$((SECONDS + patience))
  until ask postgres 'select' >/dev/null 2>&1; do
    # The postmaster says itself who it is: as root one starts only its parent.
    remember postgres "$(as_postgres head -n 1 "$data/postmaster.pid" 2>/dev/null)"
    kill -0 "$parent" 2>/dev/null || refuse "PostgreSQL ended before it served: $(tail -n 3 "$folder/logs/postgres.log")"
    [ "$SECONDS" -lt "$until" ] || refuse "PostgreSQL does not serve after $patience s: see $folder/logs/postgres.log"
    sleep 0.1
  done
  remember postgres "$(as_postgres head -n 1 "$data/postmaster.pid")"
  make_database
}

ask() { # database, sql
  PGPASSWORD=$(cat "$folder/postgres/password") "$postgres/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$postgres_port" -U postgres -d "$1" <<<"$2" 9>&-
}

make_database() {
  [ -z "$(ask postgres "select 1 from pg_database where datname = 'socialqi'")" ] || return 0
  # The service's login may make no roles: the one that reads for people is made for it, as in deploy/README.md.
  ask postgres "do \$\$ begin create role socialqi login; exception when duplicate_object then null; end \$\$;
    do \$\$ begin create role \"socialqi_reader_socialqi\" nologin; exception when duplicate_object then null; end \$\$;
    alter role socialqi password '$(cat "$folder/password")';
    grant \"socialqi_reader_socialqi\" to socialqi;
    create database socialqi owner socialqi;"
}

start_node() { # number
  local number=$1 log=$folder/logs/node$1.log
  mkdir -p "$folder/node$number"
  # The key that encrypts cookies' keys is one for all of them. HAProxy is believed when it says for whom it asks. The password is a file: whoever may list
  # this machine's processes must not read it there.
  SocialQI__Postgres="Host=127.0.0.1;Port=$postgres_port;Database=socialqi;Username=socialqi" PGPASSFILE=$folder/pgpass \
    SocialQI__KeyCertificate=$folder/keys.pfx SocialQI__TrustedProxies=127.0.0.1 SocialQI__SiloPort=$((port + 3 + number)) \
    nohup dotnet "$program" --urls "http://127.0.0.1:$((port + number))" --data "$folder/node$number" >>"$log" 2>&1 </dev/null 9>&- &
  remember "node$number" $!
}

# When an address answers with 200; refuses when the process has ended before, or does not come to it.
await() { # name, address
  local until=$((SECONDS + patience))
  until curl -fsS -o /dev/null --max-time 5 "$2" 2>/dev/null 9>&-; do
    [ -n "$(pid_of "$1")" ] || refuse "$1 ended before it served: $(tail -n 3 "$folder/logs/$1.log")"
    [ "$SECONDS" -lt "$until" ] || refuse "$1 does not serve after $patience s: see $folder/logs/$1.log"
    sleep 0.2
  done
}

start_haproxy() {
  SOCIALQI_LOCAL=127.0.0.1:$port SOCIALQI_CONNECTIONS=1000 SOCIALQI_PROXY_METRICS=127.0.0.1:$figures_port \
    SOCIALQI_NODE1=127.0.0.1:$((port + 1)) SOCIALQI_NODE2=127.0.0.1:$((port + 2)) SOCIALQI_NODE3=127.0.0.1:$((port + 3)) \
    nohup haproxy -db -f "$root/deploy/haproxy/haproxy.cfg" >>"$folder/logs/haproxy.log" 2>&1 </dev/null 9>&- &
  remember haproxy $!
}

find_programs
make_folder
find_ports
trap '[ $? -eq 0 ] || bash "$(dirname "${BASH_SOURCE[0]}")/down.sh" --folder "$folder" >/dev/null' EXIT
trap 'exit 130' INT TERM

if [ -z "$program" ]; then
  program=$root/src/SocialQI.Server/bin/Release/net10.0/SocialQI.Server.dll
  dotnet build -c Release "$root/src/SocialQI.Server" -v quiet --nologo 9>&- || refuse 'The server could not be built.'
fi
[ -f "$program" ] || refuse "There is no server in $program."
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")

start_postgres
# The first one makes tables and the demonstration network, and the others find them made.
start_node "${nodes[0]}"
await node1 "http://127.0.0.1:$((port + 1))/readyz"
for number in "${nodes[@]:1}"; do start_node "$number"; done
for number in "${nodes[@]:1}"; do await "node$number" "http://127.0.0.1:$((port + number))/readyz"; done
start_haproxy
await haproxy "http://127.0.0.1:$port/sign-in"
printf 'SocialQI serves on http://127.0.0.1:%d\n' "$port"
