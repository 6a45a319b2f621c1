#!/usr/bin/env bash
# Makes secrets/: random where a machine may choose, empty where only you know. What is there already stays.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
umask 077
mkdir -p secrets

random() { head -c 36 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }
keep_or_write() { [ -e "secrets/$1" ] || printf '%s' "$2" > "secrets/$1"; }

for name in postgres_password jwt_secret alerts_token grafana_password; do keep_or_write "$name" "$(random)"; done
keep_or_write database_url "postgres://aiops:$(cat secrets/postgres_password)@postgres:5432/aiops"
for name in api_token openai_api_key slack_bot_token slack_signing_secret slack_app_token s3_access_key_id s3_secret_access_key otlp_headers alerts_slack_webhook; do keep_or_write "$name" ''; done

# Docker mounts the files as they are: the processes inside run as other users, so the folder keeps strangers out, not the files.
chmod 700 secrets
chmod 644 secrets/*
echo "secrets/ is ready. Fill in what you have: slack_bot_token, slack_signing_secret or slack_app_token, openai_api_key. The README beside this script says more."
