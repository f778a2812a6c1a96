# Two commands: `make run` serves the portal on this machine, `make test` checks everything.
# PORT and DATABASE_URL are taken from the environment or from the command line: make run PORT=9000

PYTHON ?= $(or $(shell command -v python3.11),$(shell command -v python3),python3)
PORT ?= 8000
export PORT

.PHONY: help run test bench pictures faults lint format lock sbom clean

help:
	@echo "make run     set up, load the sample year once, serve on http://127.0.0.1:$(PORT)/"
	@echo "make test    set up and check everything; what could not be checked makes it fail"
	@echo "make bench   measure what has a target, write docs/performance.md"
	@echo "make pictures take the pictures of the guides anew, by walking them in a browser"
	@echo "make faults  hurt the portal on purpose, write what held into docs/faults.md"
	@echo "make lint    style, format and import contracts only"
	@echo "make format  rewrite the code in the house format"
	@echo "make lock    pin requirements*.in again, with hashes"
	@echo "make sbom    write what the portal is made of into docs/sbom.cdx.json"
	@echo "make clean   remove what was generated; the database and stored files under var/ stay"

run:
	@exec $(PYTHON) .ci/start.py

test:
	@exec $(PYTHON) .ci/check.py

bench:
	@exec $(PYTHON) .ci/bench.py

pictures:
	@exec $(PYTHON) .ci/pictures.py

faults:
	@exec $(PYTHON) .ci/faults.py

lint:
	@exec $(PYTHON) .ci/check.py lint format imports

format:
	@exec $(PYTHON) .ci/machine.py format

lock:
	@exec $(PYTHON) .ci/machine.py lock

sbom:
	@exec $(PYTHON) .ci/machine.py sbom

clean:
	@exec $(PYTHON) .ci/machine.py clean
