import Domain
import Testing

@testable import Tenancy

@Suite("forwarding.yml: connectors of other kinds")
struct ConnectorTermsReaderTests {
    private func load(_ target: String) throws -> (faults: [String], target: ForwardingTarget?) {
        var region = SmallRegion()
        region.files["oakton/forwarding.yml"] = "targets:\n" + target
        let folder = try region.load()
        return (
            folder.faults.map { "\($0)".replacing("oakton/forwarding.yml", with: "f") },
            folder.configurations.last?.forwarding.first
        )
    }

    @Test("takes a webhook with its fields, words and way back")
    func webhook() throws {
        let (faults, target) = try load(
            """
              - code: assets
                kind: webhook
                endpoint: https://assets.oakton.example/hook
                api_key_variable: HUB_SECRET_OUT
                fields: { reference: ref, description: words }
                statuses: { WO-DONE: fixed, "En cours": in_progress }
                may_set: [steps, notes]
                tells: all
                inbound: { key_variable: HUB_SECRET_IN, fields: { status: state } }

            """
        )
        #expect(faults == [])
        let found = try #require(target)
        #expect(found.endpoint == "https://assets.oakton.example/hook")
        #expect(found.terms.fields.map(\.name) == ["ref", "words"])
        #expect(found.terms.statuses == ["wo_done": .fixed, "en_cours": .inProgress])
        #expect(found.terms.maySet == [.steps, .notes])
        #expect(found.terms.tells == .all)
        #expect(!found.terms.notesArePublic)
        #expect(found.terms.inbound?.keyVariable == "HUB_SECRET_IN")
        #expect(found.terms.inbound?.fields == ["status": "state"])
    }

    @Test("takes a mailbox and a folder under their own keys")
    func others() throws {
        let (mailFaults, mail) = try load(
            "  - { code: box, kind: email, mailbox: roads@oakton.example, reply_to: answers@oakton.example, inbound: { folder: true } }\n"
        )
        #expect(mailFaults == [])
        #expect(mail?.endpoint == "roads@oakton.example")
        #expect(mail?.terms.replyTo == "answers@oakton.example")
        #expect(mail?.terms.whenUncertain == .resend)
        let (fileFaults, file) = try load(
            "  - { code: yard, kind: file, folder: yard, file_format: json_lines, order: target }\n"
        )
        #expect(fileFaults == [])
        #expect(file?.endpoint == "yard")
        #expect(file?.terms.fileFormat == .jsonLines)
        #expect(file?.terms.order == .target)
    }

    @Test(
        "refuses what would do harm, and says what would be right",
        arguments: [
            ("{ code: a, kind: webhook, endpoint: https://x.example/ }", "a webhook is signed"),
            ("{ code: a, kind: webhook, endpoint: http://x.example/, api_key_variable: HUB_A }", "is not https"),
            ("{ code: a, kind: file, folder: ../../etc }", "\"folder\" is \"../../etc\""),
            ("{ code: a, kind: file, folder: yard, may_set: [priority] }", "never priority, place, requester or time"),
            ("{ code: a, kind: file, folder: yard, fields: { description: X } }", "\"reference\" is missing"),
            (
                "{ code: a, kind: file, folder: yard, fields: { reference: X, requester: Y } }",
                "is no field of a request"
            ),
            ("{ code: a, kind: file, folder: yard, statuses: { DONE: finished } }", "is no extended status"),
            ("{ code: a, kind: file, folder: yard, statuses: { \"--\": fixed } }", "has no letter or digit"),
            ("{ code: a, kind: file, folder: yard, inbound: {} }", "names no way in"),
            ("{ code: a, kind: file, folder: yard, inbound: { key: s3cret } }", "a secret never stands in a file"),
            ("{ code: a, kind: email, mailbox: nobody }", "is no address for mail"),
            ("{ code: a, kind: email, mailbox: a@x.example, reply_to: a+b@x.example }", "no plus"),
            ("{ code: a, kind: email, mailbox: a@x.example, inbound: { folder: true } }", "give reply_to"),
            ("{ code: a, kind: carrier-pigeon, endpoint: https://x.example/ }", "is no kind of target"),
        ]
    )
    func refuses(target: String, fault: String) throws {
        let faults = try load("  - \(target)\n").faults
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }
}
