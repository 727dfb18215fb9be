import Domain

/// What stands around every page: head, bar, emergency line, foot.
struct FrameView {
    /// A link with its words.
    struct Link {
        let text: String
        let address: String
    }

    /// The other language: a link on pages that were asked for, a button of the page's form where answers travel along.
    struct LanguageSwitch {
        let name: String
        let tag: String
        let address: String
        let isButton: Bool
    }

    let tag: String
    var title: String
    let icon: String
    let stylesheet: String
    var brandSheet: String
    let styles: [String]
    let scripts: [String]
    var bodyName: String
    let home: String
    let report: String
    let track: String
    let who: String
    let language: LanguageSwitch
    /// The 911 line above the heading, where something can be reported.
    let emergency: String?
    let back: Link?
    /// What Enter does in the page's form; a button out of sight before all others.
    let defaultAction: String?
    let phone: String
    let phoneAddress: String
    let email: String
    let hours: String
    let callNumber: String
    /// Whether the page shows what somebody typed; it is then kept in no cache.
    let isPersonal: Bool
}

extension FrameView {
    /// Shows another body's name and colour: the one a member of staff acts for.
    mutating func act(for tenant: Tenant, title page: String, words: Words) {
        bodyName = tenant.name.plain[words.language]
        title = words("frame.title", ["page": page, "body": bodyName])
        if let sheet = BrandSheet(colour: tenant.brand.colour) { brandSheet = sheet.address }
    }
}
