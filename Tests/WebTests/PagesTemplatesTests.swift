import Domain
import Foundation
import Testing

@testable import Web

@Suite("The templates of the pages")
struct PagesTemplatesTests {
    /// Texts that leave their place in a page when it is built carelessly.
    static let attacks = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='alert(1)", "</textarea><b>out</b>",
        "{{frame.title}} {{{t}}}", "&lt;already&gt; & <b>", "\"\u{301} onfocus=alert(1) autofocus x=\"", "<\u{200D}b>",
        "'\u{308} onclick=alert(1) '", "javascript:alert(1)", "-->]]><x>",
    ]

    @Test("escape everything: no raw value, no inline script, style or handler, every image with a text")
    func careful() throws {
        for (file, text) in try PageFiles.texts(below: "Templates", ending: ".mustache") {
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(file) gives something out unescaped")
            #expect(
                text.firstMatch(of: /<(script(?! src)|style)|\sstyle=|\son[a-z]+=/) == nil,
                "\(file) has something inline"
            )
            for image in text.matches(of: /<img[^>]*>/) { #expect(image.0.contains("alt="), "\(file): \(image.0)") }
            for attribute in text.matches(of: /\s[a-z-]+=\{\{/) {
                Issue.record("\(file): \(attribute.0) stands without quotes")
            }
        }
    }

    @Test("hold no words of their own: what people read comes from the locale files")
    func wordless() throws {
        for (file, text) in try PageFiles.texts(below: "Templates", ending: ".mustache") {
            let bare = text.replacing(/\{\{[^}]*\}\}/, with: "").replacing(/<[^>]*>/, with: " ")
            #expect(
                bare.firstMatch(of: /[A-Za-z]{2,}/) == nil,
                "\(file): \(bare.firstMatch(of: /[A-Za-z]{2,}.*/)?.0 ?? "")"
            )
        }
    }

    @Test("give every field a label")
    func labels() throws {
        for (file, text) in try PageFiles.texts(below: "Templates", ending: ".mustache") {
            for field in text.matches(of: /<(?:input|textarea|select)([^>]*)>/) where !field.1.contains("hidden") {
                guard let id = field.1.firstMatch(of: /\sid="([^"]+)"/) else {
                    Issue.record("\(file): \(field.0) has no id")
                    continue
                }
                #expect(text.contains("for=\"\(id.1)\""), "\(file): nothing labels \(id.1)")
            }
        }
    }

    private struct Sample {
        let text: String
        let attribute: String
        let nothing: String?
        let list: [String]
    }

    @Test("put hostile text where it stays text", arguments: attacks)
    func escaping(attack: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let template =
            "<p>{{text}}</p><input value=\"{{attribute}}\">{{#list}}<i>{{.}}</i>{{/list}}{{#nothing}}!{{/nothing}}"
        try Data(template.utf8).write(to: folder.appending(path: "sample.mustache"))
        let values = TemplateValues.fields(of: Sample(text: attack, attribute: attack, nothing: nil, list: [attack]))
        let html = try #require(try Templates(directory: folder).render("sample", values))
        // Judged scalar by scalar, as a browser does, never by Swift's characters.
        let scalars = Array(html.unicodeScalars)
        let markup = Array("<p></p><input value=\"\"><i></i>".unicodeScalars)
        for special in ["<", ">", "\""] as [Unicode.Scalar] {
            #expect(scalars.count { $0 == special } == markup.count { $0 == special }, "\(html)")
        }
        #expect(!html.unicodeScalars.contains("'"))
        #expect(!html.contains("!"))
    }

    @Test("leave ordinary text alone", arguments: ["plain", "é à ü 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "a\u{301}", "L’été"])
    func ordinary(text: String) {
        #expect(TemplateValues.separated(text) == text)
    }
}

@Suite("A tenant's colour")
struct PagesBrandTests {
    @Test(
        "gets the text that can be read on it",
        arguments: [("#ffffff", "#000000"), ("#000000", "#ffffff"), ("#1f4e79", "#ffffff"), ("#ffd24a", "#000000")]
    )
    func text(colour: String, expected: String) throws {
        #expect(try #require(BrandSheet(colour: colour)).textColour == expected)
    }

    @Test("never breaks the page: of all greys and many colours none has less than 4.5 to 1")
    func contrast() throws {
        for red in stride(from: 0, through: 255, by: 15) {
            for green in stride(from: 0, through: 255, by: 15) {
                for blue in stride(from: 0, through: 255, by: 51) {
                    let sheet = try #require(BrandSheet(colour: String(format: "#%02x%02x%02x", red, green, blue)))
                    #expect(sheet.contrast >= 4.5)
                }
            }
        }
    }

    @Test("is a colour or nothing", arguments: ["#12345", "red", "#12345g", "}body{", "#１23456", "../../x"])
    func refused(text: String) {
        #expect(BrandSheet(colour: text) == nil)
    }
}
