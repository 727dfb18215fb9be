/// Cells of a table that somebody opens in a spreadsheet.
///
/// A cell that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or a zero byte is taken for a formula there and may do anything
/// (OWASP ASVS 5.0, V1.2.10). It gets an apostrophe in front, which spreadsheets do not show; a plain number stays one.
/// ``unguarded(_:)`` takes it off again, so what is read back is what was written.
public enum CSVCell {
    /// The cell as it is written; an apostrophe at the beginning is doubled, so that it is not taken for ours.
    public static func guarded(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, first == "'" || isDangerous(first), !isPlainNumber(text) else {
            return text
        }
        return "'" + text
    }

    /// The text of a cell that was written by ``guarded(_:)``; any other cell stays as it is.
    public static func unguarded(_ cell: String) -> String {
        let scalars = cell.unicodeScalars
        guard scalars.first == "'", let second = scalars.dropFirst().first, isDangerous(second) || second == "'" else {
            return cell
        }
        return String(String.UnicodeScalarView(scalars.dropFirst()))
    }

    /// A row of guarded cells, quoted where they must be, with its line end.
    public static func row(_ cells: [String]) -> String {
        cells.map { cell in
            let guarded = guarded(cell)
            guard CSVWriter.mustQuote(guarded.utf8) || guarded.contains(";") else { return guarded }
            return "\"\(guarded.replacing("\"", with: "\"\""))\""
        }.joined(separator: ",") + "\r\n"
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        ["=", "+", "-", "@", "\t", "\r", "\0"].contains(scalar)
    }

    /// `-79.18` is a number, `-1+cmd|…` is none.
    private static func isPlainNumber(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst(text.hasPrefix("-") ? 1 : 0)
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && digits.count <= 20
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }
    }
}
