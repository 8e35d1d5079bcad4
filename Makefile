# Summit. `make run` starts it, `make test` checks it; the rest is for those who work on it.
SHELL := /bin/bash
.DEFAULT_GOAL := build
CONFIGURATION ?= Release
SERVER := src/Summit.Server
BUILT := artifacts/built.$(CONFIGURATION)

# What a build depends on: a second `make run` finds nothing newer and starts at once.
SOURCES := Directory.Build.props Directory.Packages.props $(shell find src clients -type d \( -name bin -o -name obj -o -name node_modules \
  -o -name dist -o -name wwwroot \) -prune -o -type f -print)

.PHONY: build run cluster test fresh format format-check replay soak chaos bench bench-docs screens demo-remove clean engine

## build: the server with its web app
build: engine $(BUILT)

$(BUILT): $(SOURCES) artifacts/engine.props
	dotnet build $(SERVER) -c $(CONFIGURATION) -v quiet --nologo
	@touch $@

artifacts/engine.props: engine

## run: builds and starts Summit on http://localhost:5080, data in ./data
run: build
	@exec dotnet $(SERVER)/bin/$(CONFIGURATION)/net10.0/Summit.Server.dll

## cluster: three servers with Redis and PostgreSQL on this machine; Ctrl-C ends all of it and leaves nothing behind
cluster: build
	@exec env CONFIGURATION=$(CONFIGURATION) node deploy/cluster.mjs

## test: every test; the last line counts them
test: engine
	@tests/run.sh

## fresh: what somebody does who has just found us: clone, run, ask
fresh:
	@tests/fresh.sh

## format: C# and web code
format: engine
	dotnet format Summit.sln --no-restore
	npm --prefix clients run format

format-check: engine
	dotnet format Summit.sln --no-restore --verify-no-changes
	npm --prefix clients run format:check

## replay: plays a public deliberation through the server while killing it (DATA=folder in the Polis export format)
replay: build
	dotnet run --project tests/Summit.Bench -c $(CONFIGURATION) -- replay $(DATA)

## soak: kills the server at random moments under load, 50 rounds
soak: build
	dotnet run --project tests/Summit.Bench -c $(CONFIGURATION) -- soak --rounds 50

## chaos: three servers under load for ten minutes, while they, Redis and PostgreSQL are killed, stopped and cut off (FOR=N seconds)
chaos: build
	dotnet run --project tests/Summit.Bench -c $(CONFIGURATION) -- chaos $(DATA) --seconds $(or $(FOR),600)

## bench: measures Summit beside a plain SignalR hub and Socket.IO, half an hour on an otherwise idle machine; artifacts/bench.json
bench: build
	dotnet run --project tests/Summit.Bench -c $(CONFIGURATION) -- bench

## bench-docs: puts artifacts/bench.json into docs/performance.md, with its plots
bench-docs:
	dotnet run --project tests/Summit.Bench -c $(CONFIGURATION) -- bench-docs

## screens: takes the pictures of docs/screens.md and of the README anew
screens: engine
	SUMMIT_SCREENS=docs dotnet run --project tests/Summit.Browser.Tests -c $(CONFIGURATION) -- --filter-method '*Pictures.Show_every_surface*' --no-progress
	@if command -v pngquant > /dev/null; then pngquant --force --ext .png docs/summit.png docs/screens/*.png; else echo 'Without pngquant the pictures stay large.'; fi

## demo-remove: takes the demonstration out of a running Summit
demo-remove:
	@node deploy/demo-remove.mjs $${Summit__Data:-data}/links.json

clean:
	rm -rf artifacts clients/node_modules clients/*/dist $(SERVER)/wwwroot
	find src tests -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +

# Finds out once which engine can be built here, see Directory.Build.props.
engine:
	@deploy/choose-engine.sh
