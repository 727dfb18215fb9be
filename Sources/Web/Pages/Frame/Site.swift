import Domain
import Foundation
import Hub

/// The face a visitor is on: the hub's neutral one or a tenant's own, in one language.
struct Site: Sendable {
    /// Whose pages these are; the hub itself on the neutral face.
    let tenant: HostedTenant
    /// Language of the page.
    let language: Language

    /// Beginning of every address of this face: `/en`, `/t/lakeside/en`.
    var root: String { root(in: language) }

    /// The same face in a language.
    func root(in language: Language) -> String {
        tenant.isHub ? "/\(language.rawValue)" : "/t/\(tenant.id.rawValue)/\(language.rawValue)"
    }

    /// An address of this face: `path("report/what")`.
    func path(_ rest: String, in language: Language? = nil) -> String {
        let root = root(in: language ?? self.language)
        return rest.isEmpty ? root : "\(root)/\(rest)"
    }

    /// The other language.
    var otherLanguage: Language { language == .english ? .french : .english }

    /// Days and times in the tenant's zone.
    var dates: PageDates { PageDates(language: language, zone: tenant.calendar.timeZone) }

    /// Name that forms of this face are sealed for, so that no form of one face is taken by another.
    var sealPurpose: String { tenant.id.rawValue }
}

extension Language {
    /// The language tag of a page: `en-CA`, `fr-CA`.
    var tag: String { "\(rawValue)-CA" }

    /// The language's own name.
    var ownName: String {
        switch self {
        case .english: "English"
        case .french: "Français"
        }
    }
}
