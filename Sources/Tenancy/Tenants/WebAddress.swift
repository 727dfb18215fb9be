import Foundation

/// An http or https address taken apart.
struct WebAddress {
    let isEncrypted: Bool
    let host: String
    let user: String?
    let hasQueryOrFragment: Bool

    /// Takes an address apart; nil when it is not http, not https or has no host.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
            let host = parts.host?.lowercased(), !host.isEmpty
        else { return nil }
        isEncrypted = scheme == "https"
        self.host = host
        user = parts.user ?? parts.password
        hasQueryOrFragment = parts.query != nil || parts.fragment != nil
    }

    /// Whether the host is written as an address, or names the machine itself or its neighbourhood: nothing a public body's server is called.
    ///
    /// Names that resolve to private addresses are found when something is sent; this catches what can be seen.
    var isPrivateOrLiteral: Bool {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        if name.contains(":") || name.hasPrefix("[") || !name.contains(".") { return true }
        // 127.1, 0x7f000001 and 2130706433 all name this machine: a last label of digits is an address.
        let last = name.split(separator: ".").last.map(String.init) ?? ""
        if last.utf8.allSatisfy({ (48...57).contains($0) }) || last.hasPrefix("0x") { return true }
        return ["localhost", "local", "internal", "lan", "home", "intranet", "test", "invalid"].contains(last)
            || name.hasSuffix("home.arpa")
    }
}
