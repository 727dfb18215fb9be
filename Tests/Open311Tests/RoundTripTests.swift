import Domain
import Foundation
import Open311
import Testing
import XML

@Suite("Written and read again")
struct RoundTripTests {
    static let seed: UInt64 = 2026

    /// Texts with everything that has to be escaped somewhere.
    private func text(_ random: inout SplitMix) -> String? {
        let letters = Array("ab<>&\"'\\/\n\tc é🚧]]>,;{}[]:\u{2028}")
        let length = Int.random(in: 0...12, using: &random)
        guard length > 0 else { return nil }
        // a blank text is no text to the reader
        return "x" + String((0..<length).compactMap { _ in letters.randomElement(using: &random) })
    }

    private func request(_ random: inout SplitMix) throws -> ServiceRequestMessage {
        let date = Date(timeIntervalSince1970: Double(Int.random(in: 0...2_000_000_000, using: &random)))
        return ServiceRequestMessage(
            serviceRequestID: "BB-\(Int.random(in: 0...99_999, using: &random))",
            status: Bool.random(using: &random) ? .open : .closed,
            statusNotes: text(&random),
            serviceName: text(&random),
            serviceCode: "C\(Int.random(in: 0...9, using: &random))",
            description: text(&random),
            agencyResponsible: text(&random),
            serviceNotice: text(&random),
            requestedAt: date,
            updatedAt: date.addingTimeInterval(5),
            expectedAt: Bool.random(using: &random) ? date : nil,
            address: text(&random),
            addressID: nil,
            zipcode: "L0L 1A0",
            coordinate: try Coordinate(
                latitudeNano: Int64.random(in: -90_000_000_000...90_000_000_000, using: &random),
                longitudeNano: Int64.random(in: -180_000_000_000...180_000_000_000, using: &random)
            ),
            mediaURL: nil
        )
    }

    @Test("P3: requests come back the same from XML and from JSON", arguments: Format.allCases)
    func requests(format: Format) throws {
        var random = SplitMix(seed: Self.seed)
        let sent = try (0..<300).map { _ in try request(&random) }
        let read = try OutsideAnswer(ListMessage(sent).encoded(as: format)).requests()
        #expect(read == sent, "seed \(Self.seed)")
    }

    @Test("S4: services and definitions come back the same", arguments: Format.allCases)
    func services(format: Format) throws {
        var random = SplitMix(seed: Self.seed)
        let sent = (0..<100).map { number in
            ServiceMessage(
                serviceCode: "C\(number)",
                serviceName: "Name <\(number)>",
                description: text(&random),
                metadata: number.isMultiple(of: 2),
                type: [.realtime, .batch, .blackbox][number % 3],
                keywords: number.isMultiple(of: 3) ? [] : ["a", "b c"],
                groups: [["G"], ["G", "H"], []][number % 3]
            )
        }
        #expect(try OutsideAnswer(ListMessage(sent).encoded(as: format)).services() == sent)
        let definition = ServiceDefinitionMessage(
            serviceCode: "C",
            attributes: AttributeMessage.Datatype.allCases.enumerated().map { index, datatype in
                AttributeMessage(
                    variable: index != 2,
                    code: "A\(index)",
                    datatype: datatype,
                    required: index == 1,
                    datatypeDescription: text(&random),
                    order: index + 1,
                    description: "Question \(index)?",
                    values: datatype.isList ? [.init(key: "a,b", name: "A & B"), .init(key: "c", name: "C")] : []
                )
            }
        )
        #expect(try OutsideAnswer(definition.encoded(as: format)).definition(of: "other") == definition)
    }

    @Test("P1, T1, U1, A4: receipts, tokens, updates and errors come back the same", arguments: Format.allCases)
    func others(format: Format) throws {
        for receipt in [PostedRequestMessage.Receipt.id("1"), .token("t"), .nothing] {
            let sent = PostedRequestMessage(receipt, serviceNotice: "call 911 & wait", accountID: "7")
            #expect(try OutsideAnswer(sent.encodedAlone(as: format)).postedRequest() == sent)
        }
        // a blackbox receipt without a notice has nothing in it, and still is a receipt
        let bare = PostedRequestMessage(.nothing)
        #expect(try OutsideAnswer(bare.encodedAlone(as: format)).postedRequest() == bare)
        let token = TokenMessage(serviceRequestID: nil, token: "t")
        #expect(try OutsideAnswer(token.encodedAlone(as: format)).token("t") == token)
        let update = ServiceRequestUpdateMessage(
            updateID: "u1",
            serviceRequestID: "1",
            status: "fixed",
            updatedAt: Date(timeIntervalSince1970: 1000),
            description: "<done>",
            mediaURL: "https://x.example/1.jpg",
            externalStatusCode: "9",
            customerReference: "c",
            extras: [ExtraField("crew", "3")].compactMap(\.self)
        )
        #expect(try OutsideAnswer(ListMessage([update]).encoded(as: format)).updates() == [update])
        #expect(
            try OutsideAnswer(PostedUpdateMessage(updateID: "u1").encodedAlone(as: format)).postedUpdate().updateID
                == "u1"
        )
        let errors = ErrorsMessage(entries: [
            .init(code: 400, description: "a < b"), .init(code: 4003, description: "c"),
        ])
        #expect(ErrorsMessage(reading: errors.encoded(as: format), status: 500) == errors)
    }

    @Test("P3: XML and JSON of a message have the same fields")
    func sameFields() throws {
        let extensions = ServiceRequestExtensions(
            attributes: [.init(label: nil, name: "A", value: nil, code: nil)],
            notes: [],
            status: "open",
            photos: ["https://x.example/1.jpg"]
        )
        let message = ServiceRequestMessage(serviceRequestID: "1", status: .open, extensions: extensions)
        let xml = try XMLElement(parsing: message.encodedAlone(as: .xml))
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(message.encodedAlone(as: .json))) as? [[String: Any]]
        )
        let element = try #require(xml.children.first)
        #expect(Set(element.children.map(\.name.local)) == Set(json.first?.keys.map(\.self) ?? []))
        // no namespace, no attribute anywhere: one of them breaks XML::Simple
        var open = [xml]
        while let next = open.popLast() {
            #expect(next.attributes.isEmpty && next.name.namespace == nil)
            open += next.children
        }
    }
}
