#!/usr/bin/env bash
# Run once by the PostgreSQL image, when its folder is empty: the service's login, its database, and the role that reads for people (see ../README.md).
set -euo pipefail
password=$(cut -d: -f5- /run/secrets/pgpass)
psql -v ON_ERROR_STOP=1 -v password="$password" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role socialqi login password :'password';
create role "socialqi_reader_socialqi" nologin;
grant "socialqi_reader_socialqi" to socialqi;
create database socialqi owner socialqi;
SQL
