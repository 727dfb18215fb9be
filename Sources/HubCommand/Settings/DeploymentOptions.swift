import ArgumentParser
import Configuration
import Foundation

/// Where the hub keeps what it keeps; the same for every command.
struct DeploymentOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: "Directory of the hub's own database, photos and secret. (default: HUB_DATA, else var)"
    )
    var dataDirectory: String?

    /// The directory as an absolute path.
    var data: URL {
        get throws {
            let reader = ConfigReader(provider: EnvironmentVariablesProvider())
            let given = dataDirectory ?? reader.string(forKey: "hub.data") ?? "var"
            return URL(fileURLWithPath: given, isDirectory: true).standardizedFileURL
        }
    }
}
