#!/bin/sh
# Signs in, asks for the overview of a district and prints it as a table; needs curl and jq.
#
#   LOKMIN_ADDRESS=http://127.0.0.1:4000 LOKMIN_LOGIN=dinas LOKMIN_PASSWORD=... sh docs/examples/district.sh [district] [period] [indicator]
#
# A program signs in with a service account instead: its login, and LOKMIN_SECRET in place of the password.
# Ends with the reason on standard error when something is refused (5, of jq) or nothing answers (the number of curl).
set -eu
export CODE="${1:-19.06}" PERIOD="${2:-2024-12}" INDICATOR="${3:-KIA-K1}" TOKEN=
: "${LOKMIN_ADDRESS:?} ${LOKMIN_LOGIN:?} ${LOKMIN_SECRET:-${LOKMIN_PASSWORD:?}}"
operations="$(dirname "$0")/district.graphql"

# ask <operation> <jq expression of its variables>: curl reads all of it from standard input, since arguments can be seen by others.
ask() {
  jq --null-input --raw-output --rawfile query "$operations" --arg operation "$1" "
    \"url = \\(env.LOKMIN_ADDRESS + \"/graphql\" | tojson)\",
    \"header = \\\"content-type: application/json\\\"\",
    \"header = \\\"accept-language: en\\\"\",
    (if env.TOKEN == \"\" then empty else \"header = \\(\"authorization: Bearer \" + env.TOKEN | tojson)\" end),
    \"data = \\({query: \$query, operationName: \$operation, variables: $2} | tojson | tojson)\"
  " | curl --silent --show-error --config -
}

# Refusals are part of the data, each with a text to read; `errors` tells of a request that is wrong as a whole.
if [ -n "${LOKMIN_SECRET:-}" ]; then
  answer=$(ask SignInService '{login: env.LOKMIN_LOGIN, secret: env.LOKMIN_SECRET}' | jq '.data.signIn = .data.signInService')
else
  answer=$(ask SignIn '{login: env.LOKMIN_LOGIN, password: env.LOKMIN_PASSWORD}')
fi
CHALLENGE=$(printf '%s' "$answer" | jq --raw-output '.data.signIn.challenge // empty')
export CHALLENGE
# Who has a second factor gives a present code of it too, as LOKMIN_CODE.
if [ -n "$CHALLENGE" ]; then
  answer=$(ask CompleteSignIn '{challenge: env.CHALLENGE, code: (env.LOKMIN_CODE // "")}' | jq '.data.signIn = .data.completeSignIn')
fi
TOKEN=$(printf '%s' "$answer" | jq --raw-output '
  if .errors then error(.errors[0].message) else .data.signIn | .accessToken // error(.message.en) end')

answer=$(ask District '{code: env.CODE, period: env.PERIOD, indicator: env.INDICATOR}')
printf '%s' "$answer" | jq --raw-output '
  def left(width): tostring | . + " " * (width - length | if . > 0 then . else 0 end);
  def right(width): tostring | " " * (width - length | if . > 0 then . else 0 end) + .;
  if .errors then error(.errors[0].message) else .data.district // error("There is no such district.") end
  # Each part says whether its service answered; what is missing is null, never zero.
  | (.overview.indicators, .indicator | if .status == "OK" then empty else error(.message.en) end),
    (["puskesmas" | left(24)] + (["baik", "cukup", "kurang", "no target", "no data", "open", "overdue"] | map(right(10))) | add),
    (.overview.rows[] | [.puskesmas.name | left(24)]
      + ([.tally.baik, .tally.cukup, .tally.kurang, .tally.tanpaTarget, .tally.tanpaData, .openActions, .overdueActions] | map(. // "-" | right(10)))
      | add),
    "\(.overview.indicators.submitted) of \(.overview.indicators.expected) submitted; \(env.INDICATOR): "
      + (.indicator | if .coverage then "\(.numerator) / \(.denominator) = \(.coverage) %" else "no value" end)'
