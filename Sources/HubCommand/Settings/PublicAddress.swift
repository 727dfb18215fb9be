import Foundation
import Hub

/// The address under which the public reaches the service, for links that a command prints.
enum PublicAddress {
    /// From HUB_PUBLIC_URL, else the address and port that `hub311 serve` takes from the environment.
    static var fromEnvironment: URL {
        ServeSettings(host: nil, port: nil).hub.publicBaseURL
    }
}
