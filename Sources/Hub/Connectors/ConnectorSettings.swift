public import Foundation

/// What the deployment says about departments' own systems: their secrets, our key for answers, the folder of files.
public struct ConnectorSettings: Sendable {
    /// Value of an environment variable that a `forwarding.yml` names; nil when it is not set.
    public var secret: @Sendable (_ variable: String) -> String?

    /// Key from which the token of a reply address is made, 32 bytes; nil: letters carry no reply address.
    public var replyKey: Data?

    /// Folder below which each connector has its own, `<tenant>/<connector>`; nil: files are neither given nor taken.
    public var folder: URL?

    /// Settings.
    public init(
        secret: @escaping @Sendable (_ variable: String) -> String? = { _ in nil },
        replyKey: Data? = nil,
        folder: URL? = nil
    ) {
        self.secret = secret
        self.replyKey = replyKey
        self.folder = folder
    }

    /// No secret, no folder: what is not set up does nothing.
    public static let none = ConnectorSettings()
}
