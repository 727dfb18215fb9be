import Domain
import Testing

@testable import Tenancy

@Suite("messages.yml")
struct MessagesReaderTests {
    private static let good = """
        sender_name: { en: Oakton 311, fr: 311 Oakton }
        reply_to: 311@oakton.example
        survey: false
        messages:
          - event: completed
            subject: { en: "Done: {ref}", fr: "Terminée : {ref}" }
            text: { en: "Outcome: {outcome}", fr: "Résultat : {outcome}" }

        """

    private func region(_ text: String) -> SmallRegion {
        var region = SmallRegion()
        region.files["oakton/messages.yml"] = text
        return region
    }

    @Test("own words stand instead of the built-in ones, what is not written stays")
    func good() throws {
        let folder = try region(Self.good).load()
        #expect(folder.faults == [])
        let oakton = try #require(folder.configurations.first { $0.tenant.id.rawValue == "oakton" })
        let messages = try #require(oakton.messages)
        #expect(messages.survey == false)
        #expect(messages.template(.completed).subject.english == "Done: {ref}")
        #expect(messages.template(.completed).sms == BuiltInMessages.of(.completed).sms)
        #expect(messages.template(.late) == BuiltInMessages.of(.late))
    }

    @Test("a tenant without the file, and one stored before there was one, write as the hub does")
    func absent() throws {
        let folder = try SmallRegion().load()
        let oakton = try #require(folder.configurations.first { $0.tenant.id.rawValue == "oakton" })
        #expect(oakton.messages == nil)
        let stored = try oakton.canonicalJSON()
        #expect(!String(decoding: stored, as: UTF8.self).contains("messages"))
        #expect(try TenantConfiguration(canonicalJSON: stored) == oakton)
    }

    @Test(
        "faults name the place and what would be right",
        arguments: [
            ("survey: false", "survay: false", "3:1: unknown key \"survay\"; did you mean survey?"),
            ("survey: false", "survey: no", "3:9: \"survey\" is \"no\"; must be true or false"),
            (
                "event: completed", "event: complete",
                "5:12: \"complete\" is no moment of a request; did you mean completed?"
            ),
            (
                "Done: {ref}", "Done: {place}",
                "6:14: \"subject\" must not hold {place}: others may read it; allowed are ref, sender"
            ),
            (
                "{outcome}\", fr", "{outcom}\", fr",
                "7:11: \"text\" has the unknown blank {outcom}; did you mean outcome?"
            ),
            (
                "Outcome: {outcome}", "Outcome",
                "7:11: \"text\" has the blank {outcome} in one language only; the English text lacks it"
            ),
            ("311@oakton.example", "oakton", "2:11: \"oakton\" is no address for mail; write it as 311@example.org"),
            ("Oakton 311,", "\"Oakton\\n311\",", "1:14: \"sender_name\" must stand on one line"),
        ]
    )
    func faults(_ old: String, _ new: String, _ fault: String) throws {
        let found = try region(Self.good.replacing(old, with: new)).faults()
        #expect(found.contains("oakton/messages.yml:\(fault)"), "\(found.joined(separator: "\n"))")
    }

    @Test("a message that is written twice, or has no words, is a fault")
    func twice() throws {
        let text = """
            messages:
              - event: late
                sms: { en: "Late: {ref}", fr: "Retard : {ref}" }
              - event: late

            """
        let found = try region(text).faults()
        #expect(found.contains { $0.contains("the message late is written twice") })
        #expect(found.contains { $0.contains("the message late has no words") })
    }
}
