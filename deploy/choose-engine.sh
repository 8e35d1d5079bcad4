#!/usr/bin/env bash
# Finds out whether the Orleans packages can be restored here, and writes the answer to artifacts/engine.props, which the
# build reads. Only "no such package" counts as a no, by its name (NU1101) or in the version asked for (NU1102, NU1603): a
# network that is down is an error, not an answer.
# WITH_ORLEANS=true|false decides it by hand.
set -euo pipefail
cd "$(dirname "$0")/.."
answer=artifacts/engine.props
# The tests need what the engine needs, and the test host besides.
project=tests/Summit.Engine.Orleans.Tests/Summit.Engine.Orleans.Tests.csproj

write() {
  mkdir -p artifacts
  printf '<Project><PropertyGroup><WithOrleans>%s</WithOrleans></PropertyGroup></Project>\n' "$1" > "$answer.new"
  # An unchanged answer keeps its file, so that nothing is built anew because of it.
  if cmp -s "$answer.new" "$answer"; then rm "$answer.new"; else mv "$answer.new" "$answer"; fi
}

if [ -n "${WITH_ORLEANS:-}" ]; then
  write "$WITH_ORLEANS"
elif [ ! -f "$answer" ] || [ "$answer" -ot Directory.Packages.props ] || [ "$answer" -ot "$project" ]; then
  if log=$(dotnet restore "$project" -p:WithOrleans=true --nologo 2>&1); then
    write true
  elif grep -qE 'error NU1(101|102|603)' <<< "$log" && ! grep 'error NU' <<< "$log" | grep -qvE 'NU1(101|102|603)'; then
    write false
  else
    printf '%s\n' "$log" >&2
    echo 'The packages could not be restored, and not because they do not exist: see above, and try again.' >&2
    exit 1
  fi
  touch "$answer"
fi

if grep -q '>false<' "$answer"; then
  echo 'Engine: Local. The Orleans packages cannot be had here, so the Orleans engine and its tests are left out.'
else
  echo 'Engine: Orleans.'
fi
