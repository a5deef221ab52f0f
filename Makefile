# Every target makes what it needs; nothing is installed by hand. PYTHON picks the interpreter: make test PYTHON=python3.12
PYTHON ?= python3
BIN := .venv/bin

.PHONY: talk serve test check generate bench build prove package deploy

talk: .venv/talk.stamp  ## talk to the real Lambda handler in the terminal; options: make talk ARGS="--speak --events"
	@$(BIN)/python -W ignore -m simulator.terminal $(ARGS)

serve: .venv/serve.stamp  ## a smart speaker in the browser, on 127.0.0.1:5000; another port: make serve ARGS="--port 5001"
	@$(BIN)/python -W ignore -m simulator.web $(ARGS)

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

build: $(BIN)/python  ## what Lambda runs, without docker or sam: build/lambda, build/upper-back-guide.zip
	@$(BIN)/python -W ignore -m tools.build_artifact $(if $(INTO),--into "$(INTO)") $(ARGS)

package: .venv/talk.stamp  ## what ask-cli deploys: make package [ENDPOINT=arn:...] [SITE=https://...] [SKILL_ID=...]
	@$(BIN)/python -W ignore -m tools.package $(if $(ENDPOINT),--endpoint "$(ENDPOINT)") $(if $(SITE),--site "$(SITE)") \
		$(if $(SKILL_ID),--skill-id "$(SKILL_ID)") $(ARGS)

prove: .venv-prove/prove.stamp  ## without an account: lint the template, run the artifact as Lambda does, deploy it locally
	@.venv-prove/bin/python -W ignore -m pytest prove -o addopts="-q -n 2 --dist loadfile --import-mode=importlib" $(ARGS)

bench: .venv-prove/prove.stamp .venv/measure.stamp .venv/serve.stamp  ## speed beside a hello-world, and what is understood; a glance: ARGS=--quick
	@.venv-prove/bin/python -W ignore -m benchmarks.run $(ARGS)
	@$(BIN)/python -W ignore -m benchmarks.understanding
	@$(BIN)/python -W ignore -m benchmarks.load

deploy: $(BIN)/python  ## build and deploy; once: make deploy SKILL_ID=amzn1.ask.skill...
	@$(BIN)/python -W ignore -m tools.deploy $(if $(SKILL_ID),--skill-id "$(SKILL_ID)") $(ARGS)

$(BIN)/python:
	@$(PYTHON) -m venv .venv

# The proof has an environment of its own: sam and its linters pin what the rest of the project does not.
.venv-prove/prove.stamp: requirements/prove.txt
	@test -x .venv-prove/bin/python || $(PYTHON) -m venv .venv-prove
	@echo "Installing requirements/prove.txt into .venv-prove (once, about a minute)" >&2
	@.venv-prove/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/prove.txt >&2
	@touch $@

# A stamp records that a lock is installed; a changed lock makes it stale.
.venv/%.stamp: requirements/%.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing requirements/$*.txt into .venv (once)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt >&2
	@touch $@
