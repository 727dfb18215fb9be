/// Name of one area of a boundary layer, as the region's boundary file gives it: `lakeside`, `ls-w2`.
///
/// Kept as the file spells it, since it comes from somebody else's register; only its length and invisible characters are bounded,
/// and the semicolon is refused because it joins ids in CSV.
public struct AreaID: CheckedText {
    /// The text as the boundary file spells it.
    public let rawValue: String

    /// An id that was checked when it was stored.
    public init(trusted: String) { rawValue = trusted }

    /// The form in words.
    public static let form = LocalizedText(
        english: "1 to 100 bytes of text without control characters or semicolons",
        french: "de 1 à 100 octets de texte sans caractère de commande ni point-virgule"
    )

    /// Whether the text may name an area.
    public static func isWellFormed(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ";") }
    }
}
