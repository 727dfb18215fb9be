public import Domain
import Foundation

/// Writes a decision's JSON straight into a buffer: the same keys and values as its `Codable` form, without the machinery in between.
///
/// For answers given thousands of times a second; everything else encodes the decision itself.
public struct DecisionJSON: Sendable {
    private var bytes: [UInt8]

    private init(_ bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    /// Appends the decision as one JSON object without blanks.
    public static func append(_ decision: Decision, to bytes: inout [UInt8]) {
        var writer = DecisionJSON(bytes)
        // Without this the writer would hold the only buffer's second reference and copy it.
        bytes = []
        writer.write(decision)
        bytes = writer.bytes
    }

    private mutating func write(_ decision: Decision) {
        bytes.reserveCapacity(bytes.count + 2_048)
        begin("lead")
        write(decision.lead)
        optional("department", decision.department)
        text("mode", decision.mode.rawValue)
        list("also_told", decision.alsoTold) { $0.write($1) }
        text("confidence", decision.confidence.rawValue)
        text("rung", decision.rung.rawValue)
        optional("rule_id", decision.ruleID)
        text("rule_version", decision.ruleVersion)
        if let generation = decision.generation { number("generation", "\(generation.rawValue)") }
        text("part", decision.part.rawValue)
        optional("public_type", decision.publicType?.rawValue)
        optional("municipality", decision.municipality?.rawValue)
        if let road = decision.road {
            key("road")
            write(road)
        }
        if let asset = decision.asset {
            key("asset")
            write(asset)
        }
        if let question = decision.question {
            key("question")
            write(question)
        }
        list("rejected", decision.rejected) { writer, rejected in
            writer.begin("lead")
            writer.write(rejected.lead)
            writer.optional("rule_id", rejected.ruleID)
            writer.localized("reason", rejected.reason)
            writer.end()
        }
        localized("resident_text", decision.residentText)
        localized("staff_text", decision.staffText)
        list("flags", decision.flags) { $0.string($1) }
        text("as_of", decision.asOf.formatted(.iso8601))
        end()
    }

    private mutating func write(_ lead: Lead) {
        switch lead {
        case .tenant(let id):
            first("kind", "tenant")
            text("jurisdiction_id", id.rawValue)
        case .partner(let id):
            first("kind", "partner")
            text("partner_id", id.rawValue)
        case .undecided:
            first("kind", "undecided")
        }
        end()
    }

    private mutating func write(_ told: AlsoTold) {
        begin("lead")
        write(told.lead)
        text("part", told.part.rawValue)
        optional("public_type", told.publicType?.rawValue)
        key("first")
        raw(told.first ? "true" : "false")
        text("rule_id", told.ruleID)
        localized("reason", told.reason)
        end()
    }

    private mutating func write(_ road: NearbyRoad) {
        first("id", road.id)
        text("name", road.name)
        text("owner", road.owner)
        text("owner_kind", road.ownerKind.rawValue)
        text("road_class", road.roadClass)
        if let limit = road.speedLimit { number("speed_limit", "\(limit)") }
        metres(road.metres)
        optional("alias", road.alias)
        if let change = road.change {
            key("change")
            first("on", change.on)
            text("owner", change.owner)
            text("owner_kind", change.ownerKind.rawValue)
            end()
        }
        optional("operator", road.operatorID)
        if !road.aliases.isEmpty { list("aliases", road.aliases) { $0.string($1.text) } }
        optional("route", road.route)
        if let km = road.km { number("km", km.isFinite ? "\(km)" : "0") }
        end()
    }

    private mutating func write(_ asset: NearbyAsset) {
        first("id", asset.id)
        text("kind", asset.kind.rawValue)
        optional("number", asset.number)
        optional("name", asset.name)
        text("owner", asset.owner)
        optional("operator", asset.operatorID)
        optional("asset_class", asset.assetClass)
        optional("component", asset.component)
        optional("road", asset.road)
        optional("from", asset.from)
        optional("until", asset.until)
        metres(asset.metres)
        end()
    }

    private mutating func write(_ question: ResponsibilityQuestion) {
        first("kind", question.kind.rawValue)
        optional("code", question.code)
        localized("text", question.text)
        list("choices", question.choices) { writer, choice in
            writer.first("key", choice.key)
            writer.localized("label", choice.label)
            writer.key("lead")
            writer.write(choice.lead)
            if let metres = choice.metres { writer.metres(metres) }
            writer.end()
        }
        optional("preselected", question.preselected)
        key("allows_do_not_know")
        raw(question.allowsDoNotKnow ? "true" : "false")
        end()
    }

    // MARK: Pieces

    private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Opens an object with its first key; the value follows.
    private mutating func begin(_ name: String) {
        raw("{\"")
        raw(name)
        raw("\":")
    }

    private mutating func first(_ name: String, _ value: String) {
        begin(name)
        string(value)
    }

    private mutating func end() { bytes.append(UInt8(ascii: "}")) }

    private mutating func key(_ name: String) {
        raw(",\"")
        raw(name)
        raw("\":")
    }

    private mutating func text(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    private mutating func number(_ name: String, _ digits: String) {
        key(name)
        raw(digits)
    }

    private mutating func metres(_ value: Double) {
        number("metres", value.isFinite ? "\(value)" : "0")
    }

    private mutating func optional(_ name: String, _ value: String?) {
        if let value { text(name, value) }
    }

    private mutating func localized(_ name: String, _ value: LocalizedText) {
        key(name)
        first("en", value.english)
        text("fr", value.french)
        end()
    }

    private mutating func list<Element>(
        _ name: String,
        _ elements: [Element],
        _ write: (inout DecisionJSON, Element) -> Void
    ) {
        key(name)
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func string(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                raw("\\u00")
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
