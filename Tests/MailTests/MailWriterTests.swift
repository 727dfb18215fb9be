import Foundation
import Testing

@testable import Mail

@Suite("Mails as MIME")
struct MailWriterTests {
    static func mail(subject: String = "Completed: BB-7K3QF-2M9V", to: String = "ann@example.org") throws -> MailMessage
    {
        MailMessage(
            from: try MailAddress("311@hub.example"),
            fromName: "Town of Lakeside",
            to: try MailAddress(to),
            replyTo: try MailAddress("info@lakeside.example"),
            subject: subject,
            text: "Done.\n\n.A line that begins with a point\nÉté = summer \n",
            html: "<p>Done &amp; dusted. Ça va.</p>\n",
            language: "fr-CA",
            id: "4a7f1f0e-0000-4000-8000-000000000001.bb",
            date: Date(timeIntervalSince1970: 1_781_618_400),
            unsubscribe: "https://hub.example/fr/news/bb-0-x"
        )
    }

    @Test(
        "the headers are those of an automatic mail that ends by one click, and nothing differs when it is written again"
    )
    func headers() throws {
        let mail = try Self.mail()
        let written = try mail.written()
        #expect(written == (try mail.written()))
        let text = String(decoding: written, as: UTF8.self)
        let head = text.prefix(upTo: try #require(text.firstRange(of: "\r\n\r\n")).lowerBound)
        #expect(
            head.split(separator: "\r\n").map(String.init) == [
                "Date: Tue, 16 Jun 2026 14:00:00 +0000",
                "From: Town of Lakeside <311@hub.example>",
                "To: ann@example.org",
                "Reply-To: info@lakeside.example",
                "Subject: Completed: BB-7K3QF-2M9V",
                "Message-ID: <4a7f1f0e-0000-4000-8000-000000000001.bb@hub.example>",
                "Auto-Submitted: auto-generated",
                "X-Auto-Response-Suppress: All",
                "List-Unsubscribe: <https://hub.example/fr/news/bb-0-x>",
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
                "Content-Language: fr-CA",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative;",
                " boundary=\"=_4a7f1f0e-0000-4000-8000-000000000001.bb_=\"",
            ]
        )
    }

    @Test("what is written is read back, both texts whole, and no line is longer than 78 characters")
    func roundTrip() throws {
        let mail = try Self.mail(
            subject: "Terminée\u{A0}: l’été à Sault-Sainte-Marie, où l’on répare \u{1F6E0}\u{FE0F} tout"
        )
        let written = try mail.written()
        for line in written.split(separator: 10) {
            #expect(line.count <= 79, "\(String(decoding: line, as: UTF8.self))")
        }
        #expect(written.allSatisfy { $0 < 128 })
        let read = ReceivedMail(written)
        #expect(read["subject"] == mail.subject)
        #expect(read.parts.map(\.mediaType) == ["text/plain", "text/html"])
        #expect(
            read.parts.map { $0.text.trimmingCharacters(in: .newlines) } == [
                mail.text.trimmingCharacters(in: .newlines), (mail.html ?? "").trimmingCharacters(in: .newlines),
            ]
        )
    }

    @Test(
        "a control character in a header stops the mail: it would begin a header of its own",
        arguments: ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\0b", "a\u{2028}b", "a\u{85}b"]
    )
    func injection(_ text: String) throws {
        var mail = try Self.mail()
        mail.subject = text
        #expect(throws: MailMessage.UnsafeHeader.self) { try mail.written() }
        mail = try Self.mail()
        mail.fromName = text
        #expect(throws: MailMessage.UnsafeHeader.self) { try mail.written() }
        mail = try Self.mail()
        mail.unsubscribe = text
        #expect(throws: MailMessage.UnsafeHeader.self) { try mail.written() }
        mail = try Self.mail()
        mail.inReplyTo = text
        #expect(throws: MailMessage.UnsafeHeader.self) { try mail.written() }
    }

    @Test(
        "subjects in any script come back to the letter, in words of 75 characters at most",
        arguments: [
            "é", String(repeating: "é", count: 200), "Ordre de travail attribué\u{A0}: BB-7K3QF-2M9V",
            "=?UTF-8?B?looks encoded?=", "a\u{301}\u{302}\u{303}", "👩‍👩‍👧‍👦 et 👨‍👩‍👧‍👦", String(repeating: "👩‍👩‍👧‍👦", count: 30),
            String(repeating: "x", count: 300), String(repeating: "word ", count: 60) + "end",
            "日本語の件名です。長い長い長い長い長い長い長い",
        ]
    )
    func encodedWords(_ subject: String) throws {
        let written = try Self.mail(subject: subject).written()
        #expect(ReceivedMail(written)["subject"] == subject)
        for line in String(decoding: written, as: UTF8.self).split(separator: "\r\n") {
            for word in line.matches(of: /=\?UTF-8\?B\?[^?]*\?=/) { #expect(word.0.utf8.count <= 75) }
        }
    }

    @Test("further headers are written, never one that the mail has of its own")
    func furtherHeaders() throws {
        var mail = try Self.mail()
        mail.headers = ["X-Hub-Reference": "BB-7K3QF-2M9V"]
        #expect(ReceivedMail(try mail.written())["x-hub-reference"] == "BB-7K3QF-2M9V")
        for name in ["Bcc", "subject", "Content-Type", "X-A\r\nBcc", "X: a", ""] {
            mail.headers = [name: "x"]
            #expect(throws: MailMessage.UnsafeHeader.self) { try mail.written() }
        }
        mail.headers = ["X-A": "b\r\nBcc: x@y.example"]
        #expect(throws: MailMessage.UnsafeHeader.self) { try mail.written() }
    }

    @Test("dates are written in UTC with the weekday of the calendar")
    func dates() {
        #expect(MailDate.text(Date(timeIntervalSince1970: 0)) == "Thu, 1 Jan 1970 00:00:00 +0000")
        #expect(MailDate.text(Date(timeIntervalSince1970: 1_709_164_799)) == "Wed, 28 Feb 2024 23:59:59 +0000")
        #expect(MailDate.text(Date(timeIntervalSince1970: 1_709_164_800)) == "Thu, 29 Feb 2024 00:00:00 +0000")
    }
}
