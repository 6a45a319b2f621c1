#!/usr/bin/env bash
# A new version without a gap: builds it, migrates while the old one works on, sets new processes of api and bot beside the old ones, and only then
# tells the old ones to end. The proxy sends requests to whoever says that it is ready.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

docker compose build api
docker compose run --rm migrate

replace() {
  local service="$1" old
  old="$(docker compose ps --quiet "$service")"
  [ -n "$old" ] || return 0
  docker compose up --detach --no-deps --no-recreate --wait --scale "$service=$((2 * $(wc -w <<< "$old")))" "$service"
  # The proxy looks for names and readiness once a second.
  sleep "${PROXY_SECONDS:-5}"
  # shellcheck disable=SC2086 # one word for each container
  docker stop --time 60 $old && docker rm $old
}
replace api
replace bot

# Workers give their jobs back and begin anew; nobody calls them.
workers="$(docker compose ps --quiet worker | wc -w)"
docker compose up --detach --no-deps --scale "worker=$workers" worker
