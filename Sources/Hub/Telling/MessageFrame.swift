import Domain
import Foundation

/// What stands around the words of a mail: who writes, why it comes, how it ends; as plain text and as HTML.
///
/// The HTML needs no picture, no script and no style sheet: what a mail program leaves out of it is still a letter.
struct MessageFrame: Sendable {
    /// A stretch of the mail with an optional heading.
    struct Section: Sendable {
        var heading: String?
        var paragraphs: [String]
    }

    let tenant: HostedTenant
    let language: Language
    let subject: String
    let sections: [Section]
    /// Why the person gets this.
    let reason: String?
    /// Address where the person chooses what to be told, and ends it.
    let manage: String?
    /// Addresses in the text that are links.
    let links: [String]

    private var closing: [String] {
        let words = language == .french ? Self.french : Self.english
        return [reason, manage.map { "\(words.manage) \($0)" }].compactMap(\.self)
    }

    private static let english = (
        manage: "Choose what you are told, or end it:", phone: "Telephone"
    )
    private static let french = (
        manage: "Choisir ce que vous recevez, ou y mettre fin\u{A0}:", phone: "Téléphone"
    )

    private var signature: [String] {
        if let own = tenant.configuration.messages?.signature { return [own[language]] }
        let contact = tenant.tenant.contact
        return [
            tenant.tenant.name.plain[language], "\(tenant.tenant.callNumber) · \(contact.phone)",
            contact.hours[language],
        ]
    }

    /// The mail as plain text.
    var text: String {
        let body = sections.flatMap { section in
            (section.heading.map { [$0 + "\n" + String(repeating: "-", count: $0.count)] } ?? []) + section.paragraphs
        }
        // The line "-- " separates what mail programs fold away (RFC 3676 section 4.3).
        return (body + ["-- \n" + signature.joined(separator: "\n")] + closing).joined(separator: "\n\n") + "\n"
    }

    /// The mail as an HTML document.
    var html: String {
        let brand = tenant.tenant.brand
        // One of black and white always reaches a contrast of 4.58.
        let ink = brand.contrastWithWhite >= 4.58 ? "#FFFFFF" : "#000000"
        let name = Self.escaped(tenant.tenant.name.plain[language])
        let body = sections.map { section in
            let heading = section.heading.map {
                "<h2 style=\"font-size:18px;margin:24px 0 8px\">\(Self.escaped($0))</h2>\n"
            }
            return (heading ?? "")
                + section.paragraphs.map { "<p style=\"margin:0 0 16px\">\(linked($0))</p>" }.joined(separator: "\n")
        }
        let foot = signature.map(Self.escaped).joined(separator: "<br>")
        let last = closing.map { "<p style=\"margin:0 0 8px\">\(linked($0))</p>" }.joined(separator: "\n")
        return """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)-CA">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(Self.escaped(subject))</title>
            </head>
            <body style="margin:0;background:#FFFFFF;color:#14202B;font:17px/1.5 system-ui,Arial,sans-serif">
            <div style="max-width:40em;margin:0 auto">
            <p style="margin:0;padding:12px 16px;background:\(brand.colour);color:\(ink)"><strong>\(name)</strong></p>
            <div style="padding:16px">
            \(body.joined(separator: "\n"))
            </div>
            <div style="padding:16px;border-top:1px solid #68747F;color:#4A5763;font-size:15px">
            <p style="margin:0 0 16px">\(foot)</p>
            \(last)
            </div>
            </div>
            </body>
            </html>

            """
    }

    /// A paragraph with its own links made links; nothing a person wrote becomes one.
    private func linked(_ paragraph: String) -> String {
        var text = Self.escaped(paragraph)
        for link in Set(links + [manage].compactMap(\.self)) {
            let shown = Self.escaped(link)
            text = text.replacing(shown, with: "<a href=\"\(shown)\" style=\"color:#0B5A8A\">\(shown)</a>")
        }
        return text
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
