#!/usr/bin/env bash
# What people write instead of a sync: reads every list in FOLDER/lists ("URL CREDENTIAL", one a line) page by page,
# eight lists at a time, into one table of FOLDER/rows.db. Leaves the number of its rows in FOLDER/count.
set -euo pipefail
cd "$1"

read_list() {
  local url=$1 credential=$2 kind join=? cursor='' page code body=body.$BASHPID
  kind=$(sed -E 's,^https?://[^/]+,,; s,\?.*,,' <<<"$url")
  [[ $url == *\?* ]] && join='&'
  while :; do
    # 429 and 5xx are tried again, after the time that the server asks for.
    code=$(curl -sS --retry 8 -o "$body" -w '%{http_code}' -H "authorization: Bearer $credential" -H "x-api-key: $credential" \
      -H 'anthropic-version: 2023-06-01' -H 'anthropic-beta: spend-limit-reads-2026-09-26' \
      "$url${cursor:+$join$cursor}")
    # Nothing there, or not allowed, is an answer too.
    [[ $code == 40[34] ]] && break
    [[ $code == 200 ]] || { echo "$code $url" >&2; return 1; }
    page=$(jq -r --arg kind "$kind" '
      (if .has_more == true and (.next | type) == "string" then "after=" + .next
       elif .has_more == true and ($kind | test("^/v1/organizations/")) then "after_id=" + .last_id
       elif .has_more == true then "after=" + .last_id
       elif (.next_page | type) == "string" then "page=" + .next_page
       else "-" end),
      ((.data // [])[]? | [$kind, .id // .user_id // "", .name // "", .email // "", .role // .workspace_role // "",
        .created_at // .added_at // ""] | map(tostring) | @tsv)' "$body")
    cursor=${page%%$'\n'*}
    [[ $page == *$'\n'* ]] && printf '%s\n' "${page#*$'\n'}"
    [[ $cursor == - ]] && break
  done >"rows.$BASHPID"
  return 0
}
export -f read_list

xargs -P 8 -L 1 bash -c 'read_list "$0" "$1"' <lists
cat rows.* >rows.tsv
sqlite3 rows.db 'CREATE TABLE rows (kind, id, name, email, role, at)' '.mode tabs' '.import rows.tsv rows'
sqlite3 rows.db 'SELECT count(*) FROM rows' >count
