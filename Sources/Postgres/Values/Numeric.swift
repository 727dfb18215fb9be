public import Foundation

/// Writes `numeric` as plain decimal text (`numeric_send` in `numeric.c`: digits in base 10,000).
func numericText(_ cell: PostgresCell) throws(PostgresDecodingFault) -> String {
    var reader = try cell.reader()
    let groups = Int(try reader.integer(Int16.self))
    let weight = Int(try reader.integer(Int16.self))
    let sign = try reader.integer(UInt16.self)
    let scale = Int(try reader.integer(Int16.self))
    switch sign {
    case 0xC000: return "nan"
    case 0xD000: return "inf"
    case 0xF000: return "-inf"
    default: break
    }
    var digits: [Int16] = []
    for _ in 0..<groups {
        digits.append(try reader.integer(Int16.self))
    }
    func group(_ place: Int) -> String {
        let index = weight - place
        let value = digits.indices.contains(index) ? digits[index] : 0
        let text = String(value)
        return String(repeating: "0", count: 4 - text.count) + text
    }
    var whole = weight < 0 ? "0" : stride(from: weight, through: 0, by: -1).map(group).joined()
    whole = String(whole.drop { $0 == "0" })
    var text = (sign == 0x4000 ? "-" : "") + (whole.isEmpty ? "0" : whole)
    if scale > 0 {
        let places = (scale + 3) / 4
        let fraction = (1...places).map { group(-$0) }.joined().prefix(scale)
        text += "." + fraction
    }
    return text
}

extension Decimal: PostgresEncodable, PostgresDecodable {
    /// `numeric`: exact, for money.
    public static var postgresType: PostgresType { .numeric }

    /// Digits in base 10,000 with their weight, sign and scale; NaN as PostgreSQL's NaN.
    public var postgresBytes: [UInt8]? {
        var bytes: [UInt8] = []
        guard isFinite else {
            for word in [0, 0, 0xC000, 0] as [UInt16] { bytes.appendBigEndian(word) }
            return bytes
        }
        let parts = "\(magnitude)".split(separator: ".", omittingEmptySubsequences: false)
        let whole = String(parts[0])
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let front = String(repeating: "0", count: (4 - whole.count % 4) % 4) + whole
        let back = fraction + String(repeating: "0", count: (4 - fraction.count % 4) % 4)
        let digits = Array((front + back).utf8)
        let groups = stride(from: 0, to: digits.count, by: 4).map { start in
            digits[start..<start + 4].reduce(Int16(0)) { $0 * 10 + Int16($1 - 48) }
        }
        bytes.appendBigEndian(Int16(groups.count))
        bytes.appendBigEndian(Int16(front.count / 4 - 1))
        bytes.appendBigEndian(UInt16(self < 0 ? 0x4000 : 0))
        bytes.appendBigEndian(Int16(fraction.count))
        for group in groups { bytes.appendBigEndian(group) }
        return bytes
    }

    /// Reads `numeric` and any integer.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        guard cell.type == .numeric else {
            self = Decimal(try wholeNumber(cell, as: Int64.self))
            return
        }
        let text = try numericText(cell)
        guard let value = Decimal(string: text) else { throw .outOfRange("numeric \(text)") }
        self = value
    }
}
