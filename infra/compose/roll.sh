#!/usr/bin/env bash
# A new version without a gap: builds it, migrates while the old one works on, sets new processes of api, bot and worker beside the old ones, and
# only then tells the old ones to end. The proxy sends requests to whoever says that it is ready. Then what stands in front and what watches take up their new settings.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

docker compose build
docker compose run --rm migrate

# Whether it lives is what Docker asks; whether it can work, this: with its database, its migrations, its API, Slack.
is_ready() {
  docker exec "$1" node -e 'fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))' 2> /dev/null
}

is_any_ready() {
  local each
  for each in "$@"; do
    if is_ready "$each"; then return 0; fi
  done
  return 1
}

wait_until_ready() {
  local tries
  for ((tries = 0; tries < ${READY_TRIES:-60}; tries++)); do
    if is_ready "$1"; then return 0; fi
    sleep "${READY_SECONDS:-1}"
  done
  return 1
}

replace() {
  local service="$1" old new each count
  old="$(docker compose ps --quiet "$service")"
  [ -n "$old" ] || return 0
  count="$(wc -w <<< "$old")"
  # What does not work (a bot without its tokens) has nothing to hand over.
  # shellcheck disable=SC2086 # one word for each container
  if ! is_any_ready $old; then
    docker compose up --detach --no-deps --scale "$service=$count" "$service"
    return 0
  fi
  docker compose up --detach --no-deps --no-recreate --scale "$service=$((2 * count))" "$service"
  new="$(docker compose ps --quiet "$service" | grep --invert-match --line-regexp --fixed-strings "$old")"
  for each in $new; do
    if wait_until_ready "$each"; then continue; fi
    echo "The new $service is not ready. It is taken back, and the old one works on. Its last words:" >&2
    docker logs --tail 20 "$each" >&2
    # shellcheck disable=SC2086 # one word for each container
    docker stop -t 60 $new && docker rm $new
    exit 1
  done
  # The proxy looks for names and readiness once a second.
  sleep "${PROXY_SECONDS:-5}"
  # shellcheck disable=SC2086 # one word for each container
  docker stop -t 60 $old && docker rm $old
}
replace api
replace bot

# The old workers end what they are at, or give it back.
replace worker

# Looks at its new settings and takes them up while it goes on. It begins anew only when docker-compose.yml says something new of it: the proxy is away
# for two seconds then.
renew() {
  local service="$1"
  [ -n "$(docker compose ps --quiet "$service")" ] || return 0
  docker compose up --detach --no-deps --wait "$service"
  docker compose exec --no-TTY "$@"
  docker compose kill --signal HUP "$service"
}
renew proxy haproxy -c -f /usr/local/etc/haproxy/haproxy.cfg
renew prometheus promtool check config /etc/prometheus/prometheus.yml
renew alertmanager sh -c 'amtool check-config /etc/alertmanager/*.yml'

# Grafana knows no such thing.
if [ -n "$(docker compose ps --quiet grafana)" ]; then docker compose up --detach --no-deps --force-recreate grafana; fi
