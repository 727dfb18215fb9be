import Domain
import Foundation
import Testing

@Suite("What systems outside say")
struct ConnectorWordsTests {
    @Test(
        "A word for a state is known in both languages, whatever its case, accents and punctuation",
        arguments: [
            ("DONE", ExtendedStatus.fixed), ("Terminée.", .fixed), ("en cours", .inProgress), ("EN-COURS", .inProgress),
            ("in_progress", .inProgress), ("Reçue", .open), ("not ours", .notCouncilsResponsibility),
            ("  refusée !", .notCouncilsResponsibility), ("rouvert", .reopen), ("no_further_action", .noFurtherAction),
        ]
    )
    func words(word: String, meaning: ExtendedStatus) {
        #expect(ConnectorTerms.plain.meaning(of: word) == meaning)
    }

    @Test(
        "The tenant's own list comes first, and what nobody knows means nothing",
        arguments: ["", "!!", "frobnicated", "<script>"]
    )
    func unknown(word: String) {
        let terms = ConnectorTerms(statuses: ["wo_17": .planned, "done": .noFurtherAction])
        #expect(terms.meaning(of: word) == nil)
        #expect(terms.meaning(of: "WO-17") == .planned)
        #expect(terms.meaning(of: "Done") == .noFurtherAction)
    }

    @Test("A system that may set steps only does not end a request, and one that may set nothing moves nothing")
    func maySet() {
        let steps = ConnectorTerms(maySet: [.steps])
        #expect(steps.allowed(.inProgress) == .inProgress)
        #expect(steps.allowed(.fixed) == .unchanged)
        #expect(steps.allowed(.reopen) == .unchanged)
        let notes = ConnectorTerms(maySet: [.notes])
        for status in ExtendedStatus.allCases { #expect(notes.allowed(status) == .unchanged) }
        for status in ExtendedStatus.allCases { #expect(ConnectorTerms.plain.allowed(status) == status) }
    }

    @Test(
        "A told time is kept word for word with what is odd about it",
        arguments: [
            // told, oddity; now is 14:00 UTC on 16 June, the request is of 10:00
            ("2026-06-16T12:00:00Z", nil), ("2026-06-16T08:00:00-04:00", nil), ("2026-06-16 12:00:00Z", nil),
            ("2026-06-16T12:00Z", nil), ("2026-06-16T12:00:00.250Z", nil),
            ("2026-06-16T14:01:30Z", nil),  // two clocks may differ by two minutes
            ("2026-06-16T14:05:00Z", .future), ("2036-01-01T00:00:00Z", .future),
            ("2026-06-16T12:00:00", .noZone), ("2026-06-16", .noZone),
            ("2026-06-16T09:00:00Z", .beforeRequest), ("1970-01-01T00:00:00Z", .beforeRequest),
            ("yesterday", .unreadable), ("", .unreadable), ("2026-02-30T12:00:00Z", .unreadable),
        ] as [(String, ToldTime.Oddity?)]
    )
    func toldTimes(told: String, oddity: ToldTime.Oddity?) throws {
        let now = try Date("2026-06-16T14:00:00Z", strategy: .iso8601)
        let requested = try Date("2026-06-16T10:00:00Z", strategy: .iso8601)
        let time = ToldTime(told, now: now, requestedAt: requested)
        #expect(time.oddity == oddity)
        #expect(time.details["told_at"] == told)
        #expect(time.details["told_at_oddity"] == oddity?.rawValue)
    }

    @Test("Terms and targets are read back as they were written, and a target of before has the plain ones")
    func readBack() throws {
        let terms = ConnectorTerms(
            fields: [.init(.reference, as: "REF"), .init(.description, as: "TEXT")],
            statuses: ["closed": .fixed],
            maySet: [.steps],
            notesArePublic: false,
            tells: .all,
            order: .target,
            whenUncertain: .resend,
            pollOverlapMinutes: 7,
            inbound: .init(keyVariable: "HUB_KEY", readsFolder: true, fields: ["status": "STATE"]),
            replyTo: "answers@example.org",
            fileFormat: .jsonLines
        )
        let target = ForwardingTarget(code: "yard", kind: .file, endpoint: "yard", terms: terms)
        let data = try JSONEncoder().encode(target)
        #expect(try JSONDecoder().decode(ForwardingTarget.self, from: data) == target)
        let before = """
            {"code":"works","kind":"open311","endpoint":"https://w.example/","format":"xml","departments":[],"service_codes":{},\
            "only_listed_services":false,"poll_minutes":15,"timeout_seconds":20,"allow_private_address":false,"enabled":true}
            """
        #expect(try JSONDecoder().decode(ForwardingTarget.self, from: Data(before.utf8)).terms == .plain)
    }
}
