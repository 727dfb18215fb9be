import Crypto
import Domain
import Foundation
import Geo
import LoST

/// Where one mapping holds; what a boundary key stands for.
enum MappingArea: Sendable, Hashable, Codable {
    /// The whole of a municipality.
    case municipality(AreaID)
    /// A cell of the grid on the ground of a municipality, for one service; nil: what no municipality claims of the cell.
    case cell(AreaID?, ServiceURN, level: Int, x: Int64, y: Int64)
    /// Every address that has these elements.
    case civic([String])

    /// A text that says the same in every process.
    var text: String {
        switch self {
        case .municipality(let id): "m;\(id)"
        case .cell(let id, let urn, let level, let x, let y): "c;\(level);\(x);\(y);\(urn);\(id?.rawValue ?? "")"
        case .civic(let parts): "a;" + parts.joined(separator: ";")
        }
    }

    /// Reads ``text``.
    init?(text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        switch parts.first {
        case "m" where parts.count == 2:
            guard let id = AreaID(rawValue: parts[1]) else { return nil }
            self = .municipality(id)
        case "c" where parts.count == 6:
            guard let level = Int(parts[1]), (0...MappingCell.finest).contains(level), let x = Int64(parts[2]),
                let y = Int64(parts[3]), let urn = ServiceURN(rawValue: parts[4])
            else { return nil }
            self = .cell(AreaID(rawValue: parts[5]), urn, level: level, x: x, y: y)
        case "a" where parts.count.isMultiple(of: 2) == false: self = .civic(Array(parts.dropFirst()))
        default: return nil
        }
    }

    /// The elements of a civic area as an address.
    static func civic(_ address: CivicAddress) -> MappingArea {
        // A semicolon would part what belongs together; no address needs one.
        .civic(address.elements.flatMap { [$0.name, $0.value.replacing(";", with: ",")] })
    }
}

/// Makes and opens boundary keys: what the key stands for, sealed with a code of 128 bits that only this deployment can make.
///
/// Nothing is stored: the same area gives the same key on every node, and the code covers the outline, so that a changed area has another key
/// and the old one opens nothing.
struct BoundaryKeys: Sendable {
    let desk: LoSTDesk

    /// The key of an area.
    func key(of area: MappingArea, outline: String) -> String {
        "\(Self.encoded(area.text)).\(code(area.text, outline))"
    }

    /// What a key claims to stand for; to be believed only when ``key(of:outline:)`` gives the same key.
    func claim(_ key: String) -> MappingArea? {
        guard key.utf8.count <= 4_000, let dot = key.lastIndex(of: "."), let text = Self.decoded(String(key[..<dot]))
        else {
            return nil
        }
        return MappingArea(text: text)
    }

    /// Whether a key is the one of an area; takes the same time wherever they differ.
    func isKey(_ key: String, of area: MappingArea, outline: String) -> Bool {
        let expected = Array(self.key(of: area, outline: outline).utf8)
        let given = Array(key.utf8)
        guard expected.count == given.count else { return false }
        return zip(expected, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func code(_ text: String, _ outline: String) -> String { desk.code("boundary key\n\(text)\n\(outline)") }

    private static func encoded(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=",
            with: ""
        )
    }

    private static func decoded(_ text: String) -> String? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: padded).flatMap { String(data: $0, encoding: .utf8) }
    }
}
