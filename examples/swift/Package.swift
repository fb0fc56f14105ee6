// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "example",
  dependencies: [.package(name: "activations", path: "../..")],
  targets: [
    .executableTarget(name: "example", dependencies: [.product(name: "Activations", package: "activations")], path: "Sources")
  ]
)
