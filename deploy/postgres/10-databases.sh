#!/bin/sh
# Run once by the Postgres image, on an empty data directory: a database and an owner for each service, so that none can
# read another's, and a reader for dashboards.
set -eu

: "${PROVISIONING_DB_PASSWORD:?}" "${ORCHESTRATOR_DB_PASSWORD:?}" "${AUDIT_DB_PASSWORD:?}" "${GRAFANA_DB_PASSWORD:?}"

database() {
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=name="$1" --set=password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
SQL
}

database provisioning "$PROVISIONING_DB_PASSWORD"
database orchestrator "$ORCHESTRATOR_DB_PASSWORD"
database audit "$AUDIT_DB_PASSWORD"

# Dashboards have a login; the audit-service's migration lets it read the views of the schema "grafana", and nothing else.
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname audit --set=password="$GRAFANA_DB_PASSWORD" <<'SQL'
CREATE ROLE grafana LOGIN PASSWORD :'password';
ALTER ROLE grafana SET default_transaction_read_only = on;
ALTER ROLE grafana SET statement_timeout = '15s';
GRANT CONNECT ON DATABASE audit TO grafana;
SQL
