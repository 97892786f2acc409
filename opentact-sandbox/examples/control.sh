#!/bin/sh
# Controls a sandbox with curl. Start one with `opentact sandbox`, then run:
#
#     sh opentact-sandbox/examples/control.sh http://127.0.0.1:4010
set -eu
sandbox=${1:-http://127.0.0.1:4010}
token=${2:-sandbox-alice}

groups() {
    curl --silent --show-error --write-out '\nstatus %{http_code}\n' \
        --header "X-Auth-HA1B-Token: $token" "$sandbox/rest/app/group"
}
control() {
    curl --silent --show-error --fail-with-body "$@"
}

echo '# Is the sandbox up?'
control "$sandbox/healthz"

printf '\n# Start from the same state each time.\n'
control --request POST "$sandbox/_sandbox/reset"

echo '# The next request fails, and the one after it succeeds.'
control --data '{"status": 503, "retry_after": 1}' "$sandbox/_sandbox/faults"
echo
groups
groups

echo '# Which requests did the sandbox receive?'
control "$sandbox/_sandbox/requests"
echo
