# The C library from the Embedded Swift objects: out/lib/libactivations.so.1.0.0 and libactivations.a.
SWIFT   ?= swift
VERSION := 1.0.0
SCRATCH := .build-embedded

.PHONY: lib
lib:
	$(SWIFT) build -c release --product activations --traits Embedded --scratch-path $(SCRATCH) -debug-info-format none
	mkdir -p out/lib
	install -m 755 -s $(SCRATCH)/release/libactivations.so out/lib/libactivations.so.$(VERSION)
	ln -sf libactivations.so.$(VERSION) out/lib/libactivations.so.1
	ln -sf libactivations.so.1 out/lib/libactivations.so
	nm -D --defined-only out/lib/libactivations.so | sed -n 's/.* T \(act_[a-z0-9_]*\).*/\1/p' > out/exports.txt
	ld -r -o out/activations.o $$(find $(SCRATCH)/release/ -path '*.build/*.swift.o' | grep -E '/(CInterface|Engine|Kernels)' | LC_ALL=C sort)
	objcopy --strip-debug --keep-global-symbols=out/exports.txt out/activations.o
	rm -f out/lib/libactivations.a && ar rcs out/lib/libactivations.a out/activations.o && rm out/activations.o
