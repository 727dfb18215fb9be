import DataFiles
import Testing

@Suite("Cells that a spreadsheet may take for formulas")
struct CSVCellTests {
    @Test(
        "get an apostrophe in front; numbers and plain words do not",
        arguments: [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("+1-705", "'+1-705"), ("-1+2", "'-1+2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"), ("\rx", "'\rx"), ("\0x", "'\0x"), ("-", "'-"), ("-79.18", "-79.18"), ("-12", "-12"),
            ("Pothole", "Pothole"), ("", ""), ("a=b", "a=b"), ("'tis", "''tis"), ("-1e5", "'-1e5"),
        ]
    )
    func guards(text: String, cell: String) {
        #expect(CSVCell.guarded(text) == cell)
    }

    @Test(
        "give back what was written, and leave what others wrote as it is",
        arguments: ["=1", "'=1", "''=1", "'", "''", "'tis", "-", "-5", "@", "plain", "", "+", "\t"]
    )
    func readBack(text: String) {
        #expect(CSVCell.unguarded(CSVCell.guarded(text)) == text)
    }

    @Test("stand in quotes where they hold a separator, a quote or a line break")
    func rows() {
        #expect(CSVCell.row(["a", "b,c", "d;e", "f\"g", "=h\ni"]) == "a,\"b,c\",\"d;e\",\"f\"\"g\",\"'=h\ni\"\r\n")
    }
}
