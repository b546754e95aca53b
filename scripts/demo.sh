#!/bin/sh
# Walks through the External API with curl and jq alone, from a clone of the demo "Basic JSON" to its unpacked zip: each
# command is printed with its result. The server runs on a free port with its data in a temporary folder; both are gone
# afterwards. Fails on the first answer that is not as expected.
#
#   scripts/demo.sh [PROGRAM]      default: build/mimus
set -eu
cd "$(dirname "$0")/.."
program=${1-build/mimus}

if [ -t 1 ] && [ -z "${NO_COLOR-}" ] && [ "${TERM-dumb}" != dumb ]; then
  bold=$(printf '\033[1m') dim=$(printf '\033[2m') green=$(printf '\033[32m') red=$(printf '\033[31m')
  plain=$(printf '\033[0m')
else
  bold='' dim='' green='' red='' plain=''
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/mimus-demo.XXXXXX")
server=
finish() {
  status=$?
  trap - EXIT INT TERM
  if [ -n "$server" ] && kill "$server" 2>/dev/null; then
    # A signal in the first moment of a process can be lost: nothing here waits for ever.
    (sleep 15 && kill -9 "$server") >/dev/null 2>&1 &
    reaper=$!
    wait "$server" 2>/dev/null || true
    kill "$reaper" 2>/dev/null || true
  fi
  if [ "$status" != 0 ] && [ -s "$folder/server.log" ]; then
    echo "${red}The server said:$plain" >&2
    cat "$folder/server.log" >&2
  fi
  rm -rf "$folder"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step_number=0
step() {
  step_number=$((step_number + 1))
  printf '\n%s%2d  %s%s\n' "$bold" "$step_number" "$1" "$plain"
}
show() { printf '    %s$ %s%s\n' "$green" "$1" "$plain"; }
# Columns of a list that jq has made with @tsv.
table() { awk -F '\t' '{ printf "    %-26s %9s  %-8s %s\n", $1, $2, $3, $4 }'; }
indent() { sed 's/^/    /'; }
note() { printf '    %s%s%s\n' "$dim" "$1" "$plain"; }
die() {
  printf '%sdemo: %s%s\n' "$red" "$1" "$plain" >&2
  exit 1
}

# call EXPECTED-STATUS CURL-ARGUMENT…: prints the command; its body goes to $folder/answer.
call() {
  expected=$1
  shift
  line=curl
  for argument in "$@"; do
    # As a reader would type it: the address by its variable, quotes only where they are needed.
    shown=$(printf '%s' "$argument" | sed "s|$base|\$BASE|; s|$folder/||g")
    case $shown in
      *[!A-Za-z0-9_./:=@,\$-]*) shown="'$shown'" ;;
    esac
    case $shown in *\$BASE*) shown=$(printf '%s' "$shown" | tr "'" '"') ;; esac
    line="$line $shown"
  done
  show "$line"
  got=$(curl -q --noproxy '*' --silent --show-error --max-time 60 -H "Authorization: Bearer $token" \
    -o "$folder/answer" -w '%{http_code}' "$@") || die "curl failed"
  note "HTTP $got"
  if [ "$got" != "$expected" ]; then
    indent <"$folder/answer" >&2
    die "expected HTTP $expected, got $got"
  fi
}

printf '%sMimus: the External API in one walk%s\n' "$bold" "$plain"

step "Start a server of our own"
show "mimus serve --data data --listen 127.0.0.1:0"
# Made here, since the loop below may look before the server has begun.
: >"$folder/server.log"
"$program" serve --data "$folder/data" --listen 127.0.0.1:0 2>"$folder/server.log" &
server=$!
address=
tries=0
while [ -z "$address" ]; do
  address=$(sed -n 's|^listening on \(http://.*\)/$|\1|p' "$folder/server.log")
  kill -0 "$server" 2>/dev/null || die "the server did not start"
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || die "the server did not listen within 30 s"
  [ -n "$address" ] || sleep 0.1
done
sed 's/^/    /' "$folder/server.log"

step "Clone \"Basic JSON\" from the Demo Store"
show "mimus project clone basic-json"
project=$("$program" project clone basic-json --data "$folder/data")
printf '    %s\n' "$project"

step "Make a project access token"
show "mimus token create --project \$PROJECT --name demo --expires 2035-01-01 --scope write --json"
"$program" token create --project "$project" --name demo --expires 2035-01-01 --scope write --json \
  --data "$folder/data" >"$folder/token.json"
token=$(jq -r .token "$folder/token.json")
jq '.token |= .[0:16] + "…"' "$folder/token.json" | indent
base=$address/api/v1/$project
note "BASE=$base"
note "every call sends -H \"Authorization: Bearer \$TOKEN\""

step "List the files"
call 200 "$base/files"
jq -r '.[] | [.name, .size, "bytes", .media_type] | @tsv' "$folder/answer" | table

step "Read datamimic.xml"
call 200 "$base/files/datamimic.xml"
indent <"$folder/answer"

step "Create a file"
printf '{"greeting": "hello"}\n' >"$folder/note.json"
call 201 -F "file=@$folder/note.json;filename=script/note.json" "$base/files"
jq '{name, size, media_type, updated_by}' "$folder/answer" | indent

step "Update it"
printf '{"greeting": "hello again"}\n' >"$folder/note.json"
call 200 -X PUT -F "file=@$folder/note.json" "$base/files/script/note.json"
jq '{name, size, sha256}' "$folder/answer" | indent
call 200 "$base/files/script/note.json"
indent <"$folder/answer"
cmp -s "$folder/answer" "$folder/note.json" || die "the file is not what was sent"

step "Delete it"
call 204 -X DELETE "$base/files/script/note.json"
call 404 "$base/files/script/note.json"
jq '{status, code, detail}' "$folder/answer" | indent

step "Generate"
call 200 -X POST -H 'Content-Type: application/json' -d '{"seed": 42, "now": "2026-01-01T00:00:00Z"}' "$base/generate"
task=$(jq -r .task_id "$folder/answer")
jq '{task_id, status, entry, seed, now}' "$folder/answer" | indent

step "Follow the task until it has ended"
tries=0
state=
while :; do
  if [ -z "$state" ]; then
    call 200 "$base/tasks/$task"
  else
    curl -q --noproxy '*' --silent --fail --max-time 60 -H "Authorization: Bearer $token" -o "$folder/answer" "$base/tasks/$task"
  fi
  state=$(jq -r .status "$folder/answer")
  case $state in PENDING | RUNNING) ;; *) break ;; esac
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] || die "the task did not end within a minute"
  sleep 0.1
done
jq '{status, records: .progress.records_done, bytes: .progress.bytes_written, artifacts, content_hash, error}' \
  "$folder/answer" | indent
[ "$state" = SUCCEEDED ] || die "the task ended as $state"

step "List the artifacts"
call 200 "$base/tasks/$task/artifacts"
jq -r '.[] | [.name, .size, "bytes", "\(.records) records, \(.media_type)"] | @tsv' "$folder/answer" | table
artifact=$(jq -r '[.[] | select(.media_type == "application/json")] | min_by(.size).url' "$folder/answer")
[ "$artifact" != null ] || die "there is no JSON artifact"

step "Download one, and view it with jq"
call 200 "$address$artifact"
show "jq '.[0]'"
jq '.[0]' "$folder/answer" >"$folder/record"
head -n 20 "$folder/record" | indent
[ "$(wc -l <"$folder/record")" -le 20 ] || note "…"
note "$(jq length "$folder/answer") records"

step "Download all as one zip, and unpack it"
call 200 "$base/tasks/$task/artifacts/zip"
mv "$folder/answer" "$folder/artifacts.zip"
show "unzip artifacts.zip -d unpacked"
unzip -q "$folder/artifacts.zip" -d "$folder/unpacked"
(cd "$folder/unpacked" && find . -type f -printf '%P\t%s bytes\n' | sort) | indent

step "Stop the server"
kill "$server"
wait "$server" || die "the server did not end in good order"
server=
printf '    done\n\n%sEverything answered as it should.%s\n' "$bold$green" "$plain"
