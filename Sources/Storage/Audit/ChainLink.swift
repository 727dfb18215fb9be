import Crypto
import Foundation

/// One link of a chain of sealed rows.
///
/// `row = SHA-256(fields)`, `chain = SHA-256(position, former chain, source, number, row)`: whoever changes a row changes every link behind
/// it. Fields are written with their length, so that no two rows are written alike.
struct ChainLink: Sendable, Hashable {
    /// Counts from 1.
    let position: Int64
    /// Which table the row stands in: `entry` or `event`.
    let source: String
    /// Number of the row in its table.
    let number: Int64
    /// SHA-256 of the row's fields.
    let row: Data
    /// SHA-256 of the link.
    let chain: Data

    /// The former chain before the first link.
    static let beginning = Data(repeating: 0, count: 32)

    /// The next link behind a chain.
    init(position: Int64, after former: Data, source: String, number: Int64, fields: [String]) {
        self.init(position: position, after: former, source: source, number: number, row: Self.hash(fields))
    }

    /// The link that must stand at a position.
    init(position: Int64, after former: Data, source: String, number: Int64, row: Data) {
        self.position = position
        self.source = source
        self.number = number
        self.row = row
        var hash = SHA256()
        hash.update(data: Data("hub311 audit chain\n\(position)\n\(source)\n\(number)\n".utf8))
        hash.update(data: former)
        hash.update(data: row)
        chain = Data(hash.finalize())
    }

    /// A link from its parts.
    init(position: Int64, source: String, number: Int64, row: Data, chain: Data) {
        self.position = position
        self.source = source
        self.number = number
        self.row = row
        self.chain = chain
    }

    /// SHA-256 of a row's fields.
    static func hash(_ fields: [String]) -> Data {
        var hash = SHA256()
        hash.update(data: Data("hub311 audit row\n".utf8))
        for field in fields { hash.update(data: Data("\(field.utf8.count):\(field)\n".utf8)) }
        return Data(hash.finalize())
    }
}
