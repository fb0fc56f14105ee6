# Builds, installs and tests libactivations and swiftact. All set-up is done where it is needed: packages by
# .ci/require.sh, Python's in .venv. Names here are relative, so that the project may lie in any folder.
SWIFT   ?= swift
PYTHON  ?= python3
DESTDIR ?=
PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
export SWIFT PYTHON

VERSION := $(shell sed -n 's/^.define ACT_VERSION_[A-Z]* //p' Include/activations.h | paste -s -d .)
MAJOR   := $(firstword $(subst ., ,$(VERSION)))
SOURCES := $(shell find Package.swift Include Sources -type f ! -name '*.py' ! -name '*.md')
BINDING := pyproject.toml setup.py $(shell find bindings/python/src bindings/python/swiftact -type f ! -name '*.pyc')
SCRATCH := .build-embedded
LIBRARY := out/lib/libactivations.a
PIP     := .venv/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: lib python install uninstall demo gallery choosing test bench verify format clean
lib: $(LIBRARY)
python: .venv/swiftact

# The shared library, and the archive from the same objects in the same order: of code that several of them bring along,
# the linker takes the first, which must be the baseline's. SwiftPM does not see that a header has changed, so their
# checksum is among the flags.
$(LIBRARY): $(SOURCES) Makefile
	.ci/require.sh library
	$(SWIFT) build -c release --product ActivationsC --traits Embedded --scratch-path $(SCRATCH) -debug-info-format none \
	  -Xswiftc -DHEADERS_$$(cat Include/*.h Sources/Lanes/*.h | cksum | cut -d ' ' -f 1)
	rm -rf out/lib && mkdir -p out/lib
	install -m 755 -s $(SCRATCH)/release/libActivationsC.so out/lib/libactivations.so.$(VERSION)
	ln -s libactivations.so.$(VERSION) out/lib/libactivations.so.$(MAJOR)
	ln -s libactivations.so.$(MAJOR) out/lib/libactivations.so
	xargs ld -r --force-group-allocation -o out/activations.o < $(SCRATCH)/release/ActivationsC.product/Objects.LinkFileList
	objcopy --strip-unneeded --wildcard --keep-global-symbol='act_*' out/activations.o
	ar rcs $@ out/activations.o

# swiftact, with what the tests and examples import, in .venv.
.venv/created:
	.ci/require.sh library python
	$(PYTHON) -m venv --clear .venv
	$(PIP) install --upgrade pip setuptools numpy
	touch $@
.venv/swiftact: .venv/created $(LIBRARY) $(BINDING) examples/python/requirements.txt
	rm -rf build
	$(PIP) install --no-build-isolation -r examples/python/requirements.txt '.[test]'
	touch $@

# ------------------------------------------------------------------------------------------------------- install ---
LIBRARY_TO := $(DESTDIR)$(LIBDIR)
HEADER_TO  := $(DESTDIR)$(PREFIX)/include
FILL       := sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@MAJOR@|$(MAJOR)|'

install: lib
	install -d "$(HEADER_TO)" "$(LIBRARY_TO)/pkgconfig" "$(LIBRARY_TO)/cmake/activations"
	install -m 644 Include/activations.h "$(HEADER_TO)"
	install -m 644 $(LIBRARY) "$(LIBRARY_TO)"
	install -m 755 out/lib/libactivations.so.$(VERSION) "$(LIBRARY_TO)"
	ln -sf libactivations.so.$(VERSION) "$(LIBRARY_TO)/libactivations.so.$(MAJOR)"
	ln -sf libactivations.so.$(MAJOR) "$(LIBRARY_TO)/libactivations.so"
	$(FILL) bindings/c/activations.pc.in > "$(LIBRARY_TO)/pkgconfig/activations.pc"
	$(FILL) bindings/c/activations-config-version.cmake.in > "$(LIBRARY_TO)/cmake/activations/activations-config-version.cmake"
	install -m 644 bindings/c/activations-config.cmake "$(LIBRARY_TO)/cmake/activations"

uninstall:
	rm -f "$(HEADER_TO)/activations.h" "$(LIBRARY_TO)/pkgconfig/activations.pc"
	cd "$(LIBRARY_TO)" && rm -f libactivations.a libactivations.so libactivations.so.$(MAJOR) libactivations.so.$(VERSION)
	rm -rf "$(LIBRARY_TO)/cmake/activations"

# ---------------------------------------------------------------------------------------------- demo and figures ---
demo: .venv/swiftact
	.venv/bin/python examples/python/demo.py

# These draw and write what is in docs/ and README.md. Of one function only, and no tables: make verify FUNCTION=tanh.
# Rows whose results are bit for bit those judged before are known, and not judged again: but make verify FRESH=1.
gallery: python # every function's curve and derivative
	.venv/bin/python examples/python/curves.py --size small --output docs/pictures
	.venv/bin/python docs/tables.py
choosing: python # trains with every function, ten minutes
	.venv/bin/python examples/python/choosing.py --output docs/choosing.json
	.venv/bin/python docs/choosing_page.py
	.venv/bin/python docs/tables.py
bench: python
	$(PYTHON) benchmarks/bench.py
	.venv/bin/python docs/tables.py
verify: python
	.ci/require.sh accuracy
	Tests/Accuracy/run.sh $(if $(FUNCTION),--function $(FUNCTION)) $(if $(FRESH),--fresh)
	$(if $(FUNCTION),,.venv/bin/python docs/tables.py)

format: # as swift-format would have it
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests examples

# --------------------------------------------------------------------------------------------------------- tests ---
# The longest begin first.
ALONE := address swift thread format
TESTS := sameness $(ALONE) accuracy extension python examples c install interface docs

test:
	.ci/require.sh library python accuracy install -- sameness
	Tests/run.sh $(TESTS)

.PHONY: $(TESTS:%=test-%) $(TESTS:%=part-%)
$(TESTS:%=part-%):
	Tests/part.sh $(@:part-%=%)
$(filter-out $(ALONE:%=part-%),$(TESTS:%=part-%)): python # what several need is built before
test-format: # every Swift file is as `make format` writes it
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests examples
test-interface: lib # the header alone, and the symbols of both libraries
	Tests/C/check_interface.sh
test-c: lib
	Tests/C/run.sh
test-address: # with AddressSanitizer, in library and tests
	Tests/C/run.sh address
test-thread: # with ThreadSanitizer
	Tests/C/run.sh thread
test-sameness: lib # the same bits with every instruction set, on every processor
	Tests/Sameness/run.sh
test-install: lib # programs built with pkg-config and CMake against an installed library
	.ci/require.sh install
	Tests/Install/run.sh
test-swift:
	ACT_BASELINE_ONLY=1 $(SWIFT) test
test-python: python
	.venv/bin/python -m pytest
test-accuracy: lib # a sample of what `make verify` proves
	.ci/require.sh accuracy
	Tests/Accuracy/run.sh --sample 1000000
test-extension: lib # what docs/adding-a-function.md tells to do
	.ci/require.sh accuracy
	Tests/Extension/run.sh
test-examples: python
	ACT_BASELINE_ONLY=1 $(SWIFT) run -c release --package-path examples/swift --scratch-path .build-example
	.venv/bin/python examples/python/ten_lines.py
	.venv/bin/python examples/python/demo.py --output out/tests/demo
	.venv/bin/python examples/python/choosing.py --quick --output out/tests/choosing.json
test-docs: python # the tables in docs/ and README.md say what catalogue and measurements say
	.venv/bin/python docs/tables.py --check

clean:
	rm -rf out build bindings/python/*.egg-info .build .build-* .venv .venv-*
