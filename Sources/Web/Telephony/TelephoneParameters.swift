import Domain
import Hummingbird

/// The numbers of a call as they stand in a query string.
///
/// A SIP proxy puts `+17055550100` there unescaped, so here a plus is a plus, never a blank: unlike in forms.
struct TelephoneParameters {
    private var values: [String: String] = [:]

    init(_ request: Request) {
        self.init(query: request.uri.query ?? "")
    }

    /// Reads a query; whatever its shape, the first value that is not empty counts for each name.
    init(query: some StringProtocol) {
        for pair in query.split(separator: "&", omittingEmptySubsequences: true) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            let value = Self.decoded(halves[1])
            let name = Self.decoded(halves[0])
            if !value.isEmpty, values[name] == nil { values[name] = value }
        }
    }

    /// The text of a name; nil when there is none.
    func text(_ name: String) -> String? { values[name] }

    /// The number of a name; withheld when there is none.
    func number(_ name: String) -> TelephoneNumber { TelephoneNumber(values[name]) }

    /// Percent-escapes resolved, a broken one left as it is, a plus left as it is.
    private static func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        let source = Array(text.utf8)
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let value = UInt8(String(decoding: source[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                index += 3
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
