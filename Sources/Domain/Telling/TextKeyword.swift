import Foundation

/// What a person means by a text message of one word.
public enum TextKeyword: Sendable, Hashable, CaseIterable {
    /// No more messages to this number.
    case stop
    /// Messages again.
    case start
    /// Who is this?
    case help

    /// Reads a text message; nil when it is none of these words.
    ///
    /// Case, accents, blanks and points around it do not matter. Source: CTIA messaging principles (STOP, END, CANCEL, UNSUBSCRIBE, QUIT,
    /// STOPALL; START, UNSTOP; HELP, INFO) and the French words that Canadian carriers ask for (ARRÊT, AIDE).
    public init?(_ text: String) {
        let letters = text.decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { $0.properties.isAlphabetic }
        guard letters.count <= 20 else { return nil }
        switch String(String.UnicodeScalarView(letters)).uppercased() {
        case "STOP", "STOPALL", "END", "CANCEL", "UNSUBSCRIBE", "QUIT", "ARRET", "ARRETER", "DESABONNER", "FIN":
            self = .stop
        case "START", "UNSTOP", "COMMENCER", "REPRENDRE", "DEBUT": self = .start
        case "HELP", "INFO", "AIDE": self = .help
        default: return nil
        }
    }
}
