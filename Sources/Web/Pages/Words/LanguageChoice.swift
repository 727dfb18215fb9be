import Domain
import Hummingbird

/// Which language a visitor gets who has not named one in the address.
///
/// The language chosen last is remembered in a cookie that holds nothing else; without it the browser's own wish decides.
enum LanguageChoice {
    /// Name of the cookie.
    static let cookie = "hub_language"

    /// The language for a request without one in its address.
    static func language(of request: Request) -> Language {
        remembered(request.headers[.cookie]) ?? accepted(request.headers[.acceptLanguage]) ?? .english
    }

    /// The language of a page's address: the first piece that names one.
    static func language(ofPath path: String) -> Language? {
        let pieces = path.split(separator: "/", maxSplits: 4)
        let candidate = pieces.first == "t" ? pieces.dropFirst(2).first : pieces.first
        return candidate.flatMap { Language(rawValue: String($0)) }
    }

    /// The cookie to set with a page in `language`, kept for a year.
    static func setCookie(_ language: Language, isSecure: Bool) -> String {
        "\(cookie)=\(language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
            + (isSecure ? "; Secure" : "")
    }

    /// Reads the cookie header.
    static func remembered(_ header: String?) -> Language? {
        guard let header, header.utf8.count <= 8192 else { return nil }
        for pair in header.split(separator: ";") {
            let halves = pair.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].drop(while: \.isWhitespace) == cookie else { continue }
            return Language(rawValue: String(halves[1]))
        }
        return nil
    }

    /// The best of our languages by `Accept-Language` (RFC 9110, 12.5.4); nil when none is named.
    static func accepted(_ header: String?) -> Language? {
        guard let header, header.utf8.count <= 1000 else { return nil }
        var best: (language: Language, quality: Double)?
        for range in header.split(separator: ",").prefix(20) {
            let pieces = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let tag = pieces.first?.lowercased(), let primary = tag.split(separator: "-").first,
                let language = Language(rawValue: String(primary))
            else { continue }
            let stated = pieces.dropFirst().first { $0.lowercased().hasPrefix("q=") }.flatMap {
                Double($0.dropFirst(2))
            }
            let quality = stated ?? 1
            guard quality > 0, quality > best?.quality ?? 0 else { continue }
            best = (language, quality)
        }
        return best?.language
    }
}
