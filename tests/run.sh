#!/usr/bin/env bash
# Runs every test there is and counts them: the last line is `N passed, N failed, N skipped`. Brings the programs it needs,
# or says what to install. What is left out is counted as skipped, with its reason in a line of its own.
set -uo pipefail
cd "$(dirname "$0")/.."
passed=0; failed=0; skipped=0
logs=artifacts/test-logs
mkdir -p "$logs"

need() { # program, packages
  command -v "$1" > /dev/null && return
  # Debian keeps PostgreSQL's server programs off the path.
  compgen -G "/usr/lib/postgresql/*/bin/$1" > /dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    echo "Installing $2 ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2; } > "$logs/apt.log" 2>&1 && return
  fi
  echo "The tests need $1. Install it: apt-get install $2" >&2
  exit 1
}

count() { # passed failed skipped
  passed=$((passed + $1)); failed=$((failed + $2)); skipped=$((skipped + $3))
}

# A step that is one check: it passes or fails as a whole, and shows its log when it fails.
check() { # name, command...
  local name=$1; shift
  if "$@" > "$logs/$name.log" 2>&1; then
    echo "ok    $name"; count 1 0 0
  else
    echo "FAIL  $name"; tail -n 40 "$logs/$name.log"; count 0 1 0
  fi
}

dotnet_tests() { # project folder name
  local log="$logs/$1.log"
  dotnet test --project "tests/$1" -c Release --no-build --no-progress > "$log" 2>&1
  local code=$? p f s
  read -r p f s < <(awk '/^ *(failed|succeeded|skipped): [0-9]+/{v[$1]=$2} END{print v["succeeded:"]+0, v["failed:"]+0, v["skipped:"]+0}' "$log")
  # A run that broke before it counted anything has failed.
  if [ $code -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  [ "$f" -eq 0 ] && echo "ok    $1: $p passed${s:+, $s skipped}" || { echo "FAIL  $1: $f failed"; grep -vE '^\s*$' "$log" | tail -n 60; }
  [ "$s" -gt 0 ] && grep -iE '^ *skipped|^\[skip' "$log" | sed 's/^/      /'
  count "$p" "$f" "$s"
}

npm_tests() { # package folder
  local log="$logs/clients-$1.log" p f s
  npm --prefix "clients/$1" test --silent -- --reporter=json --outputFile="../../$logs/clients-$1.json" > "$log" 2>&1
  local code=$?
  read -r p f s < <(node -e '
    const fs = require("fs");
    try { const r = JSON.parse(fs.readFileSync(process.argv[1], "utf8")); console.log(r.numPassedTests, r.numFailedTests + r.numFailedTestSuites * (r.numFailedTests ? 0 : 1), r.numPendingTests + r.numTodoTests) }
    catch { console.log("0 1 0") }' "$logs/clients-$1.json")
  if [ $code -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  [ "$f" -eq 0 ] && echo "ok    clients/$1: $p passed" || { echo "FAIL  clients/$1: $f failed"; tail -n 60 "$log"; }
  count "$p" "$f" "$s"
}

need chromium "chromium fonts-dejavu-core fonts-noto-core fonts-noto-color-emoji"
# Texts are looked at in the alphabets of the members.
fc-list | grep NotoSans-Regular > /dev/null || (need NotoSans fonts-noto-core)
need initdb postgresql
need redis-server redis-server
need sqlite3 sqlite3
need strace strace
# One test alone asks for it, and is skipped without.
docker compose version > /dev/null 2>&1 || (need docker-compose docker-compose)
with_orleans=$(grep -q '>false<' artifacts/engine.props && echo false || echo true)

beside='Summit.Domain.Tests Summit.Engine.Tests Summit.Storage.Postgres.Tests Summit.Storage.Sqlite.Tests Summit.Server.Tests Summit.Deploy.Tests'

rm -f "$logs"/*
if ! dotnet build Summit.sln -c Release -v quiet --nologo > "$logs/build.log" 2>&1; then
  echo 'FAIL  build'; grep -E 'error|warn' "$logs/build.log" | sort -u | head -n 40
  echo '0 passed, 1 failed, 0 skipped'
  exit 1
fi

# Browsers and clusters mostly wait: what asks for nothing but the processor runs beside them.
(
  check format-csharp dotnet format Summit.sln --no-restore --verify-no-changes
  check format-web npm --prefix clients run format:check
  check lint-web npm --prefix clients run check
  for package in js web; do npm_tests $package; done
  for name in $beside; do dotnet_tests "$name"; done
  echo "$passed $failed $skipped" > "$logs/beside.count"
) > "$logs/beside.out" &
for project in tests/*.Tests; do
  name=$(basename "$project")
  if [[ " $beside " = *" $name "* ]]; then
    continue
  elif [ "$with_orleans" = false ] && [[ $name == *Orleans* ]]; then
    # Contract suites are inherited: count what they bring as well.
    left=$(grep -rhoE '\[(Fact|Theory)' "$project" tests/Summit.Contracts/EngineContract*.cs --include=*.cs | wc -l)
    echo "skip  $name: $left skipped: the Orleans packages cannot be restored here"
    count 0 0 "$left"
  else
    dotnet_tests "$name"
  fi
done
wait $!
cat "$logs/beside.out"
read -r p f s < "$logs/beside.count" && count "$p" "$f" "$s" || { echo 'FAIL  what ran beside ended early'; count 0 1 0; }

[ "$with_orleans" = true ] && echo 'Engines tested: Orleans and Local.' || echo 'Engine tested: Local; Orleans is left out, its packages cannot be restored here.'
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
