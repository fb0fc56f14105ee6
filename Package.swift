// swift-tools-version: 6.2
// From 6.2 on unsafeFlags do not stop other packages from depending on this one by version.
import PackageDescription

// One module of kernels per instruction set, from one folder of sources. Objects are linked in the order of their names,
// and of code that several bring along the linker takes the first: so modules for every processor sort before these,
// and the baseline first among them. With ACT_BASELINE_ONLY in the environment it is the only one, which builds sooner.
let isBaselineOnly = Context.environment["ACT_BASELINE_ONLY"] != nil
#if arch(x86_64)
let instructionSets: [(level: Int, flags: [String])] =
  [(1, ["-Xcc", "-march=x86-64"])]
  + (isBaselineOnly
    ? []
    : [(3, ["-Xcc", "-march=x86-64-v3"]), (4, ["-Xcc", "-march=x86-64-v4", "-Xcc", "-mprefer-vector-width=512"])])
#else
let instructionSets: [(level: Int, flags: [String])] = [(1, [])]
#endif

let embedded: SwiftSetting = .enableExperimentalFeature("Embedded", .when(traits: ["Embedded"]))

let kernels: [Target] = instructionSets.map { level, flags in
  .target(
    name: "KernelsV\(level)", dependencies: ["Lanes", "CActivations"],
    swiftSettings: [
      embedded, .define("ACT_V\(level)"),
      .unsafeFlags(["-Ounchecked", "-Xcc", "-fno-math-errno", "-Xfrontend", "-function-sections"] + flags),
    ],
    linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))])
}

let package = Package(
  name: "activations",
  products: [
    .library(name: "Activations", targets: ["Activations"]),
    // The C library, for `make lib`, which gives it its name: `activations` would differ from the one above in case only, and
    // there are file systems that do not tell them apart.
    .library(name: "ActivationsC", type: .dynamic, targets: ["CInterface"]),
  ],
  traits: [.trait(name: "Embedded", description: "The C library, which needs libc and libm only")],
  targets: kernels + [
    .systemLibrary(name: "Lanes"),
    .systemLibrary(name: "CActivations", path: "Include"),
    .target(
      name: "Engine", dependencies: ["Lanes", "CActivations"] + instructionSets.map { .target(name: "KernelsV\($0.level)") },
      swiftSettings: [embedded] + (isBaselineOnly ? [.define("ACT_BASELINE_ONLY")] : [])),
    .target(
      name: "CInterface", dependencies: ["CActivations", "Engine"], swiftSettings: [embedded],
      linkerSettings: [
        .unsafeFlags(
          [
            "-Xlinker", "--version-script=\(Context.packageDirectory)/Include/exports.map",
            "-Xlinker", "-soname=libactivations.so.1", "-Xlinker", "-z", "-Xlinker", "nodelete",
          ],
          .when(platforms: [.linux], traits: ["Embedded"]))
      ]),
    .target(name: "Activations", dependencies: ["CActivations", "CInterface"]),
    .testTarget(name: "ActivationsTests", dependencies: ["Activations", "CActivations"]),
    .testTarget(name: "KernelsTests", dependencies: ["KernelsV1"], exclude: ["references.py"]),
  ]
)
