# The commands of this repository. `make run` and `make test` need nothing but Debian 12 and `make`.

PYTHON ?= python3
export PORT ?= 8000
export DATA_DIR ?= $(CURDIR)/.data
unexport PYTHONDONTWRITEBYTECODE VIRTUAL_ENV PYTHONHOME

UV_VERSION = 0.13.9
UV = UV_PYTHON=.venv/bin/python UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never .venv/bin/uv
VENV_PYTHON = .venv/bin/python
MANAGE = $(VENV_PYTHON) manage.py
PRODUCTION = DEBUG=0 DEMO=0 DATA_DIR=$(CURDIR)/.test-data/deploy SITE_URL=https://peerway.example \
	ALLOWED_HOSTS=peerway.example

# $(call need,TEST,PACKAGES,OTHERWISE): install packages when root, else print the line that does it
apt = DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
define need
@{ $(1); } >/dev/null 2>&1 \
|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
     && echo "Installing $(2)" && apt-get update -qq && $(apt) $(2) >/dev/null && $(1) >/dev/null 2>&1; } \
|| { echo "Missing on this machine: $(2). This line installs it:"; \
     echo "  sudo apt-get install -y --no-install-recommends $(2)"; $(3); }
endef
HAS_PANGO = $(PYTHON) -c 'from ctypes import CDLL; \
	[CDLL(n) for n in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")]'

.PHONY: run test check bench messages lock format system browser
.DELETE_ON_ERROR:

run: .venv/stamp system  ## start everything, with the demo
	@DEMO=$${DEMO:-1} exec $(MANAGE) serve

test: .venv/stamp system browser  ## the whole suite
	$(VENV_PYTHON) -m pytest $(ARGS)

check: .venv/stamp system  ## everything that can be said without running the product
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/djangofmt check templates
	.venv/bin/mypy
	PYTHONPATH=. .venv/bin/lint-imports --no-cache
	$(PRODUCTION) $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	$(VENV_PYTHON) -m pytest -q tests/test_architecture.py tests/test_translations.py

format: .venv/stamp  ## lay code and templates out
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	.venv/bin/djangofmt check --fix templates

bench: .venv/stamp system  ## how fast it is: prints, and fails where a promise is broken
	$(VENV_PYTHON) -m pytest -q -s -p no:randomly --timeout 900 tests/benchmarks/bench_*.py

messages: .venv/stamp  ## collect the words to translate, and compile the translations
	$(call need,command -v xgettext,gettext,exit 1)
	$(MANAGE) makemessages --all --extension py,html,txt --no-location --no-obsolete --no-wrap \
		--ignore '.*' --ignore 'tests/*'
	$(VENV_PYTHON) -c 'import pathlib, polib; \
		[polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo"))) \
		 for po in pathlib.Path("lms/locale").rglob("*.po")]'

lock: .venv/stamp  ## pin the newest versions that pyproject.toml allows
	$(UV) lock --upgrade

system:
	$(call need,$(HAS_PANGO),libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0,exit 1)

browser:
	$(call need,command -v chromium,chromium,echo "Until then the browser tests are skipped.")
	$(call need,command -v xgettext,gettext,echo "Until then one translation test is skipped.")

.venv/stamp: uv.lock pyproject.toml
	$(call need,$(PYTHON) -c 'import ensurepip; import venv',python3-venv,exit 1)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed."; exit 1; }
	@[ -x .venv/bin/pip ] || { rm -rf .venv && $(PYTHON) -m venv .venv; } || { rm -rf .venv; exit 1; }
	@.venv/bin/uv --version 2>/dev/null | grep -qF $(UV_VERSION) \
		|| $(VENV_PYTHON) -m pip install -q --disable-pip-version-check 'uv==$(UV_VERSION)'
	@echo "Building .venv from uv.lock"
	@$(UV) sync --frozen -q
	@touch $@
