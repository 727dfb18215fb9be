/// A telephone number as it is read and as it is dialled.
struct PhoneText: Sendable, Hashable {
    /// `705-555-0111` for a number of the North American plan; others as they are written.
    let shown: String
    /// For a link: `tel:+17055550111`.
    let address: String

    /// A number as a file gives it: `+17055550111`, `1-800-268-6060`, `511`.
    init(_ written: String) {
        let digits = written.filter { $0.isASCII && $0.isNumber }
        address = "tel:" + (written.hasPrefix("+") ? "+" : "") + digits
        guard written.hasPrefix("+1"), digits.count == 11 else {
            shown = written
            return
        }
        let local = Array(digits.dropFirst())
        shown = "\(String(local[..<3]))-\(String(local[3..<6]))-\(String(local[6...]))"
    }
}
