public import Foundation

/// What the deployment says about the pages.
public struct PageSettings: Sendable {
    /// Key that forms are signed with; at least 32 bytes, the same on every node.
    public var formKey: Data
    /// Folder of the installed map library, with `leaflet.min.js` or `leaflet.js`, `leaflet.css` and `images`.
    public var leafletDirectory: URL
    /// Public types shown first where nothing was typed, in this order; those not offered are left out.
    public var commonTypes: [String]
    /// Proxies whose word on who asks is believed.
    public var proxies: [NetworkRange] = []

    /// Settings; the defaults suit Debian's package and a region with towns.
    public init(
        formKey: Data,
        leafletDirectory: URL = URL(filePath: "/usr/share/javascript/leaflet", directoryHint: .isDirectory),
        commonTypes: [String] = [
            "RD-POTH", "WS-MISS", "RD-LIGHT", "WN-PLOW", "BY-NOISE", "RD-SIGNDN", "PK-TREEHZ", "WS-DUMP",
        ]
    ) {
        self.formKey = formKey
        self.leafletDirectory = leafletDirectory
        self.commonTypes = commonTypes
    }
}
