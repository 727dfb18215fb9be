/// Numbers as people and forms write them: digits, perhaps a minus, perhaps a point and a fraction; no exponent, no other base, no infinity.
public enum PlainDecimal {
    /// Longest spelling read.
    public static let longest = 30

    /// The number; nil when the text is spelled otherwise.
    public static func read(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard bytes.count <= longest else { return nil }
        let digits = bytes.first == 45 ? bytes.dropFirst() : bytes[...]
        let parts = digits.split(separator: 46, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }) else { return nil }
        return Double(text)
    }
}
