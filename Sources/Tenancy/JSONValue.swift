import Foundation

/// Any JSON value, to compare two of them without knowing what they mean.
enum JSONValue: Hashable, Decodable {
    case nothing
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// The text of a text.
    var asText: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The value of a key of an object.
    subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The value on one line, as a person would write it.
    var shown: String {
        switch self {
        case .nothing: "nothing"
        case .flag(let flag): flag ? "yes" : "no"
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
        case .text(let text): "\"\(FaultText.shown(text))\""
        case .list(let list): "[" + list.map(\.shown).joined(separator: ", ") + "]"
        case .object(let members):
            "{ " + members.keys.sorted().map { "\($0): \(members[$0]?.shown ?? "")" }.joined(separator: ", ") + " }"
        }
    }
}
