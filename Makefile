# Every target makes what it needs; nothing is installed by hand. PYTHON picks the interpreter: make test PYTHON=python3.12
PYTHON ?= python3
BIN := .venv/bin
TALK := .venv-talk/bin
SERVE := .venv-serve/bin
PROVE := .venv-prove/bin
VIEWHOST := tools/viewhost

# What `make quick` runs: the tests of what is said and decided, without the SDK, the web or a browser.
QUICK := tests/engine tests/hearing tests/dialog tests/protocol

.PHONY: help talk serve quick test check generate bench build prove screens doctor profile package deploy

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

talk: .venv-talk/talk.stamp  ## talk to the real Lambda handler in the terminal; options: make talk ARGS="--speak --acts --by alexa"
	@$(TALK)/python -W ignore -m simulator.terminal $(ARGS)

serve: .venv-serve/serve.stamp  ## the page for people, and /workbench, on 127.0.0.1:5000; another port: make serve ARGS="--port 5001"
	@$(SERVE)/python -W ignore -m simulator.web $(ARGS)

quick: .venv/dev.stamp  ## while editing: the tests of protocol, engine, hearing and dialog only, without coverage
	@$(BIN)/python -m pytest -n 2 --no-cov $(QUICK) $(ARGS)

test: check  ## every check, then every test
	@$(BIN)/python -m pytest $(ARGS)
	@$(BIN)/coverage report --skip-covered

check: .venv/dev.stamp  ## linters, type checker, floors, generated files
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache > .venv/lint-imports.log || { cat .venv/lint-imports.log; exit 1; }
	@$(BIN)/python -W ignore -m tools.generate --check

generate: .venv/dev.stamp  ## rewrite what is made from the protocol and the catalogue
	@$(BIN)/python -W ignore -m tools.generate
	@$(BIN)/python -W ignore -m tools.print_review

build: $(BIN)/python  ## what Lambda runs, without docker or sam: build/lambda, build/upper-back-guide.zip
	@$(BIN)/python -W ignore -m tools.build_artifact $(if $(INTO),--into "$(INTO)") $(ARGS)

package: .venv-talk/talk.stamp  ## what ask-cli deploys: make package [ENDPOINT=arn:...] [SITE=https://...] [SKILL_ID=...] [FOLLOW_UP=on]
	@$(TALK)/python -W ignore -m tools.package $(if $(ENDPOINT),--endpoint "$(ENDPOINT)") $(if $(SITE),--site "$(SITE)") \
		$(if $(SKILL_ID),--skill-id "$(SKILL_ID)") $(if $(FOLLOW_UP),--follow-up "$(FOLLOW_UP)") $(if $(INTO),--into "$(INTO)") $(ARGS)

prove: .venv-prove/prove.stamp .venv-talk/talk.stamp .venv/dev.stamp $(VIEWHOST)/installed.stamp  ## without an account: lint the template, run the artifact as Lambda does, deploy it locally
	@$(PROVE)/python -W ignore -m pytest prove --ignore=prove/screens -o addopts="-q -rs -n 2 --dist loadfile --import-mode=importlib" $(ARGS)
	@$(BIN)/python -W ignore -m pytest prove/screens -o addopts="-q --import-mode=importlib"

screens: .venv/dev.stamp $(VIEWHOST)/installed.stamp  ## the pictures of docs/screens.md, drawn by Amazon's viewhost; look at them
	@$(BIN)/python -W ignore -m tools.viewhost.draw

profile: .venv-talk/talk.stamp  ## what Alexa picks for the tests' utterances, asked of the deployed model; goes on where it stopped
	@$(TALK)/python -W ignore -m tools.profile_nlu $(if $(SKILL_ID),--skill-id "$(SKILL_ID)") $(ARGS)

doctor: .venv-prove/prove.stamp  ## what stands between here and a skill on an Echo, each with its remedy: make doctor [ECHO=en-US]
	@$(PROVE)/python -W ignore -m tools.doctor $(if $(ECHO),--echo "$(ECHO)") $(if $(SKILL_ID),--skill-id "$(SKILL_ID)") $(ARGS)

bench: .venv-prove/prove.stamp .venv/dev.stamp  ## speed beside a hello-world, and what is understood; a glance: ARGS=--quick
	@$(PROVE)/python -W ignore -m benchmarks.run $(ARGS)
	@$(BIN)/python -W ignore -m benchmarks.understanding
	@$(BIN)/python -W ignore -m benchmarks.load
	@$(BIN)/python -W ignore -m benchmarks.hostility

deploy: $(BIN)/python  ## build and deploy; once: make deploy SKILL_ID=amzn1.ask.skill...
	@$(BIN)/python -W ignore -m tools.deploy $(if $(SKILL_ID),--skill-id "$(SKILL_ID)") $(ARGS)

# What draws and lints the screens of Echo devices comes from npm; no package's own script is run. It needs node.
$(VIEWHOST)/installed.stamp: $(VIEWHOST)/package-lock.json
	@command -v npm > /dev/null || { echo "npm is not installed; install Node.js 18 or newer." >&2; exit 1; }
	@cd $(VIEWHOST) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null
	@touch $@

$(BIN)/python:
	@$(PYTHON) -m venv .venv

# Each lock has an environment of its own, so that installing one never moves a version of another. A stamp records that
# the lock is installed; a changed lock makes a new environment, so that nothing of the old one stays behind.
# --no-deps: the lock is complete. Without it pip resolves again, and a release of tomorrow can break it.
LOCKED := .venv/dev.stamp .venv-talk/talk.stamp .venv-serve/serve.stamp .venv-prove/prove.stamp
INSTALL := -m pip install --quiet --quiet --disable-pip-version-check --no-deps --require-hashes

.venv/dev.stamp: requirements/dev.txt
.venv-talk/talk.stamp: requirements/talk.txt
.venv-serve/serve.stamp: requirements/serve.txt
.venv-prove/prove.stamp: requirements/prove.txt

$(LOCKED):
	@echo "Installing $< into $(@D) (once)" >&2
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python $(INSTALL) -r $< >&2
	@touch $@
