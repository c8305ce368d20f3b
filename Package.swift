// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 mode, the stricter of the upcoming rules, and no warning left standing.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
]

/// Libraries of the system are linked from their static archives, so that the program runs where they are not installed.
func archive(_ name: String) -> LinkerSetting { .linkedLibrary(":lib\(name).a") }

/// A release exports no symbol, and brings the run-time libraries of C++ and of GCC along.
let selfContained: LinkerSetting = .unsafeFlags(
  [
    "-Xlinker", "--no-export-dynamic", "-Xclang-linker", "-static-libgcc",
    "-L\(Context.packageDirectory)/Sources/Linking",
  ],
  .when(platforms: [.linux], configuration: .release))

let package = Package(
  name: "muster",
  products: [.executable(name: "muster", targets: ["muster"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
  ],
  targets: [
    // The pure centre.
    .target(name: "Engine", swiftSettings: strict),
    .target(name: "Wording", dependencies: ["Engine"], swiftSettings: strict),
    .target(name: "Display", swiftSettings: strict),
    .target(
      name: "Dashboard", dependencies: ["Engine", "Wording", "Display"], swiftSettings: strict),
    .target(
      name: "Documents", dependencies: ["Engine", "Wording", "Display"], swiftSettings: strict),

    // What touches the world, each its own part of it.
    .target(
      name: "EventLog", dependencies: ["Engine", "CLibCrypto", "CLinux"], swiftSettings: strict),
    .target(name: "YAML", dependencies: ["CLibYAML"], swiftSettings: strict),
    .target(
      name: "Procedures", dependencies: ["Engine", "YAML", "CMarkGFM", "CLibCrypto"],
      exclude: ["BuiltIn", "Lexicons"], swiftSettings: strict, plugins: ["EmbedResources"]),
    .target(
      name: "Themes", dependencies: ["Display", "YAML"], swiftSettings: strict,
      plugins: ["EmbedResources"]),
    .target(
      name: "Terminal", dependencies: ["Display", "Themes", "CNcurses"], swiftSettings: strict),
    .target(
      name: "Integrations", dependencies: ["Engine", "CLibCurl", "CLibCrypto"],
      swiftSettings: strict),
    // A team's store on etcd; nothing of it is loaded where there is none.
    .target(
      name: "TeamStore", dependencies: ["Engine", "EventLog", "CLibCurl"], swiftSettings: strict),
    .target(
      name: "Runtime", dependencies: ["Engine", "Display", "Dashboard", "EventLog", "Themes"],
      swiftSettings: strict),
    // HTTP/1 as a server, and nothing of incidents.
    .target(
      name: "Listener",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "muster",
      dependencies: [
        "Engine", "Wording", "Display", "Dashboard", "Documents", "EventLog", "Procedures",
        "Runtime", "Integrations", "Listener", "TeamStore", "Themes", "Terminal", "YAML", "CLinux",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict, linkerSettings: [selfContained]),

    // C libraries behind the smallest surface that serves.
    .target(name: "CNcurses", linkerSettings: [archive("ncursesw"), archive("tinfo")]),
    .target(name: "CLinux"),
    // Loaded when a channel or a ping first needs it: nothing of it is there to build or to start.
    .target(name: "CLibCurl"),
    .target(name: "CLibYAML", linkerSettings: [archive("yaml")]),
    .target(name: "CLibCrypto", linkerSettings: [archive("crypto")]),
    .target(
      name: "CMarkGFM",
      linkerSettings: [archive("cmark-gfm-extensions"), archive("cmark-gfm")]),

    // Themes and built-in procedures become part of the executable.
    .executableTarget(name: "embed-resources", swiftSettings: strict),
    .plugin(
      name: "EmbedResources", capability: .buildTool(), dependencies: ["embed-resources"],
      path: "Sources/EmbedResources"),

    // Feeds damaged files to every reader of untrusted bytes.
    .executableTarget(
      name: "muster-fuzz", dependencies: ["Display", "Engine", "EventLog", "Procedures"],
      path: "Tests/Fuzz",
      swiftSettings: strict),

    // The figures that the program is held to, beside their peers; run by Tests/Benchmarks/run.
    .executableTarget(
      name: "muster-bench", dependencies: ["Dashboard", "Display", "Engine", "EventLog"],
      path: "Tests/Benchmarks",
      exclude: ["Peers", "run", "clean-build"], swiftSettings: strict),

    // What all tests share: a hand clock, snapshots, scenarios.
    .target(
      name: "TestSupport", dependencies: ["Engine", "EventLog", "TeamStore"],
      path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "IntegrationsTests", dependencies: ["Integrations", "Engine", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ListenerTests", dependencies: ["Listener", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WordingTests", dependencies: ["Wording", "Engine", "EventLog", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DisplayTests", dependencies: ["Display", "TestSupport"], swiftSettings: strict),
    // Writes to a log as fast as it can, to be killed while it does.
    .executableTarget(
      name: "log-torture", dependencies: ["EventLog", "Engine"], path: "Tests/LogTorture",
      swiftSettings: strict),
    // Stops it at any of its system calls.
    .target(name: "CTorture", path: "Tests/CTorture"),
    .testTarget(
      name: "EventLogTests",
      dependencies: ["EventLog", "Engine", "TestSupport", "log-torture", "CTorture"],
      swiftSettings: strict),
    // Writes to what machines share, to be cut off and killed while it does; run by Tests/TeamStore/run.
    .executableTarget(
      name: "team-torture",
      dependencies: ["TeamStore", "EventLog", "Engine", "Runtime", "TestSupport"],
      path: "Tests/TeamTorture", swiftSettings: strict),
    .testTarget(
      name: "TeamStoreTests",
      dependencies: ["TeamStore", "EventLog", "Engine", "Runtime", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "YAMLTests", dependencies: ["YAML", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ProceduresTests", dependencies: ["Procedures", "Engine", "YAML", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "DocumentsTests",
      dependencies: [
        "Documents", "Engine", "Wording", "Display", "EventLog", "Procedures", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "ThemesTests", dependencies: ["Themes", "Display", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DashboardTests",
      dependencies: [
        "muster", "Dashboard", "Engine", "Wording", "Display", "Procedures", "EventLog",
        "TestSupport",
      ],
      exclude: ["Snapshots"], swiftSettings: strict),
    .testTarget(
      name: "RuntimeTests",
      dependencies: [
        "Runtime", "Dashboard", "Engine", "Display", "Themes", "EventLog", "Procedures",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["Terminal", "Themes", "Display", "CNcurses", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MusterTests",
      dependencies: ["muster", "EventLog", "Engine", "Procedures", "TestSupport"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
