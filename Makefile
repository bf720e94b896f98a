# Everything runs in .venv, which the first target that needs it builds from requirements.lock.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# Two workers suit the smallest machine this is developed on; nbval wants one notebook on one worker.
PYTEST := $(BIN)/python -m pytest -q -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help install report data test test-full check bench backtest calibrate notebooks published lock clean

help: ## 显示各命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

install: $(STAMP) ## 建立 .venv 并安装锁定的依赖（其他命令会自动调用）

# uv installs in seconds and pip is the way back where uv can't be had; both check the hashes of the lock, uv's own among
# them. uv does not read pip's configuration, so a mirror configured for pip is handed over. Byte code is compiled once.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更新版本，当前为 %d.%d；可用 make PYTHON=python3.12 指定" % sys.version_info[:2])'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@awk '/^uv==/ {own = 1; print; next} /^[a-z]/ {own = 0} own' requirements.lock > .venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.lock || echo "没有 uv，改用 pip（较慢）"
	@mirror="$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true)}"; \
	if [ -n "$$mirror" ] && [ -z "$$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX="$$mirror"; fi; \
	if $(BIN)/python -m uv --version >/dev/null 2>&1; then \
	  echo "安装依赖（uv）"; $(BIN)/python -m uv pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes requirements.lock; \
	else \
	  echo "安装依赖（pip）"; $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

report: $(STAMP) ## 生成四份标准报告（越秀区“十三五”终期、“十四五”中期；演示区中期、终期）
	$(BIN)/minzheng report final --plan yuexiu-13
	$(BIN)/minzheng report midterm --plan yuexiu-14
	$(BIN)/minzheng report midterm --plan demo-14
	$(BIN)/minzheng report final --plan demo-14

data: $(STAMP) ## 由 data/raw 重建 data/processed 和数据字典
	$(BIN)/minzheng data

test: $(STAMP) ## 日常测试：单元、算例、契约、解析性质、文档示例、笔记本
	$(PYTEST) -m "not slow" tests src notebooks

test-full: $(STAMP) ## 慢测试：浏览器、故障、命令行全程
	$(PYTEST) -m slow tests

check: $(STAMP) ## 代码检查：ruff、mypy
	$(BIN)/ruff check src tests benchmarks backtests conftest.py
	$(BIN)/ruff format --check src tests benchmarks backtests conftest.py
	$(BIN)/mypy

bench: $(STAMP) ## 速度与内存（同一轮内的比值）
	$(BIN)/python benchmarks/report.py
	$(BIN)/python benchmarks/assess.py
	$(BIN)/python benchmarks/forecast.py
	$(BIN)/python benchmarks/monte_carlo.py

BACKTEST := .venv/.backtest
$(BACKTEST): requirements-backtest.lock $(STAMP)
	@mirror="$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true)}"; \
	if [ -n "$$mirror" ] && [ -z "$$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX="$$mirror"; fi; \
	$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements-backtest.lock || \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-backtest.lock
	@touch $(BACKTEST)

backtest: $(BACKTEST) ## 趋势模型回测：公开年度序列和已知真值的模拟，覆盖率越界则失败（首次下载约50 MB）
	$(BIN)/python backtests/run.py

calibrate: $(BACKTEST) ## 重新拟合趋势模型的区间宽度（改模型结构后）
	$(BIN)/python backtests/calibrate.py

notebooks: $(STAMP) ## 重新执行笔记本，存文字输出，不存图
	$(BIN)/python -m analysis.publishing.stored_outputs

published: $(STAMP) ## 把“十三五”终期评估报告存为 reports/published 的样例
	$(BIN)/minzheng report final --plan yuexiu-13
	$(BIN)/python -m analysis.publishing.sample yuexiu-13-final-2020

lock: $(STAMP) ## 由 pyproject.toml 重算 requirements.lock
	$(BIN)/python -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock
	$(BIN)/python -m uv pip compile --group pyproject.toml:backtest --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-backtest.lock

clean: ## 删除 .venv 和失败报告的残留（报告可能有人改过，不删）
	rm -rf .venv build dist reports/failed
