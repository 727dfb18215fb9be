import Foundation

/// A road's name made comparable with what a caller said: `Hwy. 7`, `highway #7` and `HIGHWAY 7` are one name.
///
/// Case, accents, points and the short forms of the words on Ontario's signs are folded; nothing is guessed, a name of another road never
/// becomes this one.
public struct RoadNameKey: Sendable, Hashable {
    /// The folded words, joined by one blank.
    public let text: String

    private static let long: [String: String] = [
        "hwy": "highway", "hway": "highway", "hiway": "highway", "rd": "road", "st": "street", "ave": "avenue",
        "av": "avenue", "blvd": "boulevard", "dr": "drive", "cres": "crescent", "ln": "lane", "crt": "court",
        "ct": "court", "pkwy": "parkway", "rte": "route", "ch": "chemin", "conc": "concession", "con": "concession",
        "reg": "regional", "cty": "county", "co": "county", "prov": "provincial",
    ]

    /// Short forms that stand for several words.
    private static let several: [String: [String]] = ["rr": ["regional", "road"], "cr": ["county", "road"]]

    /// French words of numbered roads, said for the same road.
    private static let french: [String: String] = ["autoroute": "highway", "regionale": "regional"]

    private static let unsaid: Set<String> = ["the", "no", "number", "numero", "la", "le"]

    /// The key of a name; empty when the text has no letter or digit.
    public init(_ name: String) {
        var words: [String] = []
        var word = ""
        func end() {
            guard !word.isEmpty else { return }
            if let several = Self.several[word] {
                words += several
            } else if !Self.unsaid.contains(word) {
                // `St. John Road` begins with a saint, `John St.` ends with a street.
                let full = word == "st" && words.isEmpty ? "saint" : Self.long[word] ?? Self.french[word] ?? word
                words.append(full)
            }
            word = ""
        }
        for character in name.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
            switch character.properties.generalCategory {
            case .nonspacingMark: continue
            case .lowercaseLetter, .otherLetter, .modifierLetter, .uppercaseLetter:
                // `RR7`, `hwy7`: a number is a word of its own.
                if let last = word.unicodeScalars.last, last.properties.numericType != nil { end() }
                word.unicodeScalars.append(character)
            case .decimalNumber:
                if let last = word.unicodeScalars.last, last.properties.numericType == nil { end() }
                word.unicodeScalars.append(character)
            default:
                // An apostrophe is not heard: Saint-Jean's, O'Connor.
                if character != "'" && character != "\u{2019}" { end() }
            }
        }
        end()
        text = words.joined(separator: " ")
    }
}
