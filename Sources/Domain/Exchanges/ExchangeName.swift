/// Name of an exchange area (rate centre) as the numbering administrator's list spells it.
///
/// It is the key of an exchange: the list knows no other. It is no name of a municipality, though it often sounds like one.
public struct ExchangeName: CheckedText {
    /// The name as the list spells it.
    public let rawValue: String

    /// A name that was checked when it was stored.
    public init(trusted: String) { rawValue = trusted }

    /// The form in words.
    public static let form = LocalizedText(
        english: "1 to 60 characters without control characters, semicolons or outer blanks",
        french: "de 1 à 60 caractères sans caractère de commande, point-virgule ni espace au bord"
    )

    /// Whether the text may name an exchange.
    public static func isWellFormed(_ text: String) -> Bool {
        (1...60).contains(text.unicodeScalars.count) && text.utf8.count <= 120
            && text.utf8.first != 0x20 && text.utf8.last != 0x20
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ";") }
    }
}
