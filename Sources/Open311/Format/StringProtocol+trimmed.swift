extension StringProtocol {
    /// The text without blanks, tabs and line ends at both ends.
    var trimmed: String {
        // Most texts of a form have nothing to trim, which two bytes tell; bytes beyond ASCII may be blanks, or join with what follows.
        let isTrimmed = utf8.withContiguousStorageIfAvailable { bytes in
            guard let first = bytes.first, let last = bytes.last else { return false }
            return (0x21...0x7E).contains(first) && (0x21...0x7E).contains(last)
        }
        if isTrimmed == true { return String(self) }
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        guard let start = firstIndex(where: { !isBlank($0) }), let end = lastIndex(where: { !isBlank($0) }) else {
            return ""
        }
        return String(self[start...end])
    }
}
