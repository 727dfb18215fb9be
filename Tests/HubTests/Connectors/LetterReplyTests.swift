import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Answers by letter")
struct LetterReplyTests {
    /// A letter as a mailer writes it.
    private func letter(
        to: String,
        from: String = "Roads <roads@works.example>",
        id: String = "<1@works.example>",
        headers: [String] = ["Content-Type: text/plain; charset=utf-8"],
        _ body: String
    ) -> [UInt8] {
        let head = ["From: \(from)", "To: 311 <\(to)>", "Message-ID: \(id)", "Subject: Re: [311]"] + headers
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }

    private func address(
        _ region: DemonstrationRegion,
        _ reference: RequestReference,
        connector: String = "box",
        at id: String = "maplewater"
    )
        async throws -> String
    {
        ReplyAddress(key: Data(repeating: 7, count: 32), tenant: try await region.tenant(id).code, connector: connector)
            .address(in: "answers@311.example", for: reference)
    }

    private func receive(_ bytes: [UInt8], _ region: DemonstrationRegion, at id: String = "maplewater") async throws
        -> ConnectorAnswer
    {
        let tenant = try await region.tenant(id)
        let target = try #require(tenant.configuration.forwarding.first)
        return try await ReceiveLetter(region.surroundings, tenant: tenant, target: target)(bytes)
    }

    @Test("A word in the first line moves the request; what was quoted is left out; the rest is for staff alone")
    func moves() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.mailbox()])
            let reference = try await region.regionalPothole()
            let to = try await address(region, reference)
            let body =
                "En cours\r\n\r\nCrew 4 goes tomorrow.\r\n\r\nLe mar. 16 juin 2026 à 10:00, 311 <answers@311.example> a écrit :\r\n> \(DepartmentLetter.line)\r\n> done\r\n"
            #expect(try await receive(letter(to: to, body), region).result == .applied)
            #expect(try await region.row(reference, in: "maplewater")?.step == .workAssigned)
            let history = try await region.history(reference, in: "maplewater").filter { $0.actor == "connector:box" }
            #expect(history.map(\.kind) == [.workAssigned, .noted])
            #expect(history[0].description == nil && history[0].isPublic)
            #expect(history[1].description?.english == "Crew 4 goes tomorrow.")
            #expect(!history[1].isPublic)
            #expect(history[0].details["sender"] == "mailbox")
            // The same letter delivered twice by its servers is one.
            #expect(try await receive(letter(to: to, body), region).result == .known)
            #expect(
                try await region.history(reference, in: "maplewater").filter { $0.actor == "connector:box" }.count == 2
            )
            let done = letter(to: to, id: "<2@works.example>", "Status: done\n\nOn Tue, 311 wrote:\n> what\n")
            #expect(try await receive(done, region).result == .applied)
            #expect(try await region.row(reference, in: "maplewater")?.outcome == .fixed)
        }
    }

    @Test(
        "Whom a letter says it is from is no identity: without the key nothing happens, with it the sender's name gives and takes nothing"
    )
    func spoofing() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.mailbox()])
            try await region.forward("brindle-bay", to: [region.mailbox()])
            let reference = try await region.regionalPothole()
            let good = try await address(region, reference)
            let parts = good.split(separator: "@")
            let compact = reference.rawValue.filter { $0 != "-" }.lowercased()
            let changed = String(parts[0].dropLast()) + (parts[0].last == "x" ? "y" : "x")
            let unknown = try await address(region, RequestReference.make(code: TenantCode(trusted: "MWR")))
            let bad = [
                "answers@311.example", "answers+\(compact)@311.example", "answers+\(compact).@311.example",
                "answers+\(compact).aaaaaaaaaaaaaaaaaaaaaaaaaa@311.example", "\(changed)@\(parts[1])",
                unknown.replacing("answers+", with: "x+"),
                // Good keys of another connector, and of another tenant.
                try await address(region, reference, connector: "yard"),
                try await address(region, reference, at: "brindle-bay"),
            ]
            for (number, to) in bad.enumerated() {
                let answer = try await receive(letter(to: to, id: "<bad\(number)@x>", "done\n"), region)
                #expect(answer.result == .refused, "\(to)")
            }
            let before = try await region.row(reference, in: "maplewater")
            #expect(before?.life == .received)
            // The town's own mailbox does not open the region's request either.
            #expect(try await receive(letter(to: good, "done\n"), region, at: "brindle-bay").result == .refused)
            let stranger = letter(
                to: good,
                from: "\"roads@works.example\" <eve@evil.example>",
                id: "<3@evil>",
                "in progress\n"
            )
            #expect(try await receive(stranger, region).result == .applied)
            let event = try #require(
                try await region.history(reference, in: "maplewater").last { $0.actor == "connector:box" }
            )
            #expect(event.details["sender"] == "other")
            #expect(event.details.values.allSatisfy { !$0.contains("evil") })
        }
    }

    @Test(
        "A machine's letter has no effect",
        arguments: [
            "Auto-Submitted: auto-replied", "Precedence: bulk", "Return-Path: <>", "X-Autoreply: yes",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        ]
    )
    func machines(header: String) async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.mailbox()])
            let reference = try await region.regionalPothole()
            let to = try await address(region, reference)
            #expect(try await receive(letter(to: to, headers: [header], "done\n"), region).result == .refused)
            #expect(try await region.row(reference, in: "maplewater")?.life == .received)
        }
    }

    @Test(
        "The words are found whatever the mailer made of them",
        arguments: [
            (
                ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"],
                "Termin=C3=A9e\r\nBouch=\r\n=C3=A9"
            ),
            (
                ["Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: base64"],
                Data("Terminée\r\nBouché".utf8).base64EncodedString()
            ),
            (
                ["Content-Type: text/html; charset=utf-8"],
                "<html><head><style>p{}</style></head><p>Terminée</p><div>Bouché</div><blockquote>done</blockquote>"
            ),
            (
                ["Content-Type: multipart/alternative; boundary=\"b1\""],
                "pre\r\n--b1\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTerminée\r\nBouché\r\n--b1--\r\n"
            ),
            (
                ["Content-Type: multipart/mixed; boundary=o"],
                "--o\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\nContent-Type: text/plain\r\n\r\nTerminée\r\nBouché\r\n--i--\r\n--o\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=x\r\n\r\nnot ours\r\n--o--\r\n"
            ),
            (["Subject: folded", " header"], "Terminée\nBouché\n-- \nRoads\n"),
            ([], "Terminée\nBouché\n________________________________\nDe : 311\nEnvoyé : mardi\n"),
            ([], "Terminée\nBouché\n-----Original Message-----\nFrom: 311\n"),
            ([], "Terminée\n> old\nBouché\n\nFrom: 311\nSent: Tuesday\ndone\n"),
        ] as [([String], String)]
    )
    func mailers(headers: [String], body: String) {
        let parts = LetterParts(letter(to: "a@b.example", headers: headers, body))
        let words = AnswerWords(parts.text) { ConnectorTerms.plain.meaning(of: $0) != nil }
        #expect(words.status == "Terminée")
        #expect(words.text == "Bouché")
    }

    @Test("Letters that are broken or huge are read without harm", arguments: 0..<60)
    func broken(seed: Int) {
        var random = SeededGenerator(UInt64(seed))
        let whole = letter(
            to: "a@b.example",
            headers: ["Content-Type: multipart/mixed; boundary=b"],
            String(repeating: "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", count: 200)
                + "done =C3=\r\n--b--"
        )
        var bytes = whole
        for _ in 0..<20 {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        let cut = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
        for input in [bytes, cut] {
            let parts = LetterParts(input)
            _ = AnswerWords(parts.text) { _ in true }
            #expect(parts.headers.count <= 500)
        }
    }

    @Test("An mbox file is taken apart into its letters")
    func mbox() {
        let file = "From a@b Tue\nTo: x@y\n\none\n>From the start\n\nFrom c@d Wed\nTo: z@y\n\ntwo\n"
        let letters = LettersOfMbox.letters(Array(file.utf8)).map { LetterParts($0) }
        #expect(letters.map { $0.header("to") } == ["x@y", "z@y"])
        #expect(letters.first?.text.contains("\nFrom the start") == true)
    }
}

/// Random numbers that are the same on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
