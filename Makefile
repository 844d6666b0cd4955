# One way in, for people and for CI: every target sets up .venv first, once.
# Messages are in Chinese, as the analyst reads them; `make help` lists the targets.

PERIOD ?= 2022H1
# A shim may be there and not run, so each candidate is tried.
PYTHON ?= $(shell for one in python3.11 python3; do $$one -c "" 2>/dev/null && echo $$one && break; done)

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
OFFICE := libreoffice-writer libreoffice-calc fonts-noto-cjk
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

# JupyterLab speaks Chinese and asks nothing of the network; root has to say that he means it.
LAB := {"@jupyterlab/translation-extension:plugin": {"locale": "zh_CN"}, \
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}
# Its root is the project's: beside the notebook that it opens, data/ and reports/ are in sight.
LAB_FLAGS = $(shell test "$$(id -u)" != 0 || echo --allow-root) --ServerApp.root_dir="$(CURDIR)" \
    --LabApp.default_url="/lab/tree/notebooks/explore.ipynb?file-browser-path=/"

# Uncompiled, every start of the report costs seconds.
unexport PYTHONDONTWRITEBYTECODE
# Caches of a run stay in the checkout.
export MPLCONFIGDIR ?= $(CURDIR)/$(VENV)/matplotlib

# Scripts in a virtual environment hold its path: a moved checkout is set up anew.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif

.PHONY: setup report test check browser office bench lab lock clean help
.NOTPARALLEL:
.DELETE_ON_ERROR:

report: setup ## 生成报告：make report PERIOD=2022H2
	@$(BIN)/zhashui-stats report $(PERIOD)

setup: $(STAMP) ## 准备运行环境 .venv（只在第一次或依赖变动时进行）

# The stamp comes last: without it, an interrupted set-up starts from an empty environment.
$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	    echo "需要 Python 3.11 或更新的版本；请安装后重试，或用 make PYTHON=解释器路径 指定。" >&2; exit 1; }
	@$(PYTHON) -c "from ensurepip import version" 2>/dev/null || { \
	    package=$$($(PYTHON) -c "import sys; print('python%d.%d-venv' % sys.version_info[:2])"); \
	    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	        apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	            apt-get install -y -qq --no-install-recommends "$$package" >/dev/null; \
	    else \
	        echo "Python 缺少 venv；请管理员运行 apt-get install $$package，然后重试。" >&2; exit 1; \
	    fi; }
	@echo "正在准备运行环境 .venv，第一次需要几分钟……" >&2
	@test "$$(cat $@ 2>/dev/null)" = "$(CURDIR)" || { rm -f $@; $(PYTHON) -m venv --clear $(VENV); }
	@rm -f $@
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
	    --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index \
	    --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib zhashui_stats
	@echo "$(CURDIR)" > $@

test: setup browser office check ## 全部检查和测试，与 CI 相同
	@$(BIN)/python -m pytest -n 2 --dist worksteal

check: setup ## 只做静态检查：格式、类型、导入规则、笔记本
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb

# The browser tests fail in CI where there is no browser; elsewhere they are left out.
browser:
	@for one in $(BROWSERS); do command -v $$one >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	        apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
	    echo "没有 Chromium，跳过浏览器测试；要运行它们，请管理员运行 apt-get install chromium。" >&2; \
	fi

# So do the tests that open what is released in LibreOffice.
office:
	@command -v soffice >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	        apt-get install -y -qq --no-install-recommends $(OFFICE) >/dev/null; \
	else \
	    echo "没有 LibreOffice，跳过用它打开文档的测试；要运行它们，请管理员运行 apt-get install $(OFFICE)。" >&2; \
	fi

bench: setup ## 测用时和内存，与 Jupyter 自带的做法等比较，结果写入 docs/benchmarks.md
	@status=0; for one in report briefs imports audit ledger; do \
	    echo "== $$one"; $(BIN)/python benchmarks/$$one.py || status=1; done; exit $$status

lab: setup ## 打开中文界面的 JupyterLab
	@mkdir -p $(VENV)/share/jupyter/lab/settings
	@echo '$(LAB)' > $(VENV)/share/jupyter/lab/settings/overrides.json
	@$(BIN)/jupyter lab $(LAB_FLAGS)

lock: ## 重新锁定依赖版本（需要 uv；UPGRADE=--upgrade 升到最新）
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras \
	    --no-header --no-annotate $(UPGRADE) pyproject.toml -o requirements.lock

clean: ## 删除运行环境和各种缓存
	rm -rf $(VENV) build dist *.egg-info .hypothesis .*_cache

help: ## 列出这些命令
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 18
