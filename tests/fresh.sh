#!/usr/bin/env bash
# What a newcomer does: clones into an empty folder, with an empty package cache and only the public registry as a source,
# runs `make run`, and takes one question from HTTP to a follower.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
run=
finish() {
  local code=$?
  # Not INT: who was started in the background of a script ignores it, and so do all that come after.
  if [ -n "$run" ]; then kill -TERM -- "-$run" 2> /dev/null || true; wait "$run" 2> /dev/null || true; fi
  [ $code -eq 0 ] || { echo "--- last of make run:"; tail -n 40 "$work/run.log" 2> /dev/null || true; }
  rm -rf "$work"
  exit $code
}
trap finish EXIT

git clone --quiet "$root" "$work/summit"
mkdir "$work/packages" "$work/home"
# An empty home: what this machine has set up for its user does not count, only what comes with the SDK.
port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
export HOME="$work/home" NUGET_PACKAGES="$work/packages" DOTNET_CLI_HOME="$work/home" npm_config_cache="$work/npm" ASPNETCORE_URLS="http://127.0.0.1:$port"
export DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_NOLOGO=1
unset WithOrleans WITH_ORLEANS

cd "$work/summit"
set -m
make run > "$work/run.log" 2>&1 &
run=$!
set +m
started=$SECONDS
until curl -fsS --retry 5 --retry-delay 1 --retry-all-errors "http://127.0.0.1:$port/health/ready" > /dev/null 2>&1; do
  kill -0 "$run" 2> /dev/null || { echo 'make run ended before it answered'; exit 1; }
  [ $((SECONDS - started)) -lt 600 ] || { echo 'make run did not answer within 10 minutes'; exit 1; }
done
grep -m1 '^Engine:' "$work/run.log"
echo "A fresh clone answers after $((SECONDS - started)) s."
node tests/fresh.mjs "http://127.0.0.1:$port" data/links.json
