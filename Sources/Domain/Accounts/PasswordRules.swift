import Foundation

/// Which passwords are taken: long ones that nobody guesses first; no rule about kinds of characters.
///
/// Source: OWASP ASVS 5.0, V6.2 (at least 8 characters, 15 advised, at least 64 allowed, compared with common ones, no
/// composition rules), NIST SP 800-63B 5.1.1.2 (normalised, nothing cut off).
public enum PasswordRules {
    /// Fewest characters.
    public static let shortest = 12
    /// Most characters; beyond, only the work of reading grows.
    public static let longest = 128

    /// Why a password is not taken.
    public enum Fault: String, Error, Sendable, Hashable, CaseIterable {
        /// Fewer than ``PasswordRules/shortest`` characters.
        case short
        /// More than ``PasswordRules/longest`` characters.
        case long
        /// Among those guessed first, or made of a few characters or a run of the keyboard.
        case common
        /// Made of the person's own name, address or the service's name.
        case personal
    }

    /// The same password however the keyboard composes it (Unicode NFKC).
    public static func normalised(_ password: String) -> String {
        password.precomposedStringWithCompatibilityMapping
    }

    /// Checks a new password.
    ///
    /// - Parameter context: words an attacker would try first for this person: name, address, body's name.
    public static func check(_ password: String, context: [String] = []) throws(Fault) {
        let password = normalised(password)
        guard password.count >= shortest else { throw .short }
        guard password.count <= longest else { throw .long }
        let core = self.core(password)
        guard Set(core).count >= 5 else { throw .common }
        guard !CommonPasswords.areGuessedFirst(core) else { throw .common }
        let own = context.flatMap(words).filter { $0.count >= 4 }
        guard !own.contains(where: { core.replacing($0, with: "").count < 6 && core.contains($0) }) else {
            throw .personal
        }
    }

    /// What is left of a password when disguise is taken off: capitals, digits for letters, signs.
    static func core(_ password: String) -> String {
        let swaps: [Character: Character] = [
            "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i",
            "|": "l",
        ]
        let plain = password.lowercased().folding(options: .diacriticInsensitive, locale: nil)
        // Digits and signs at both ends are what people add to a word that was refused.
        let trimmed = trimmed(plain)
        let kept = trimmed.count >= 4 ? trimmed : plain
        return String(kept.map { swaps[$0] ?? $0 }.filter { $0.isLetter || $0.isNumber })
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while let first = rest.first, !first.isLetter { rest.removeFirst() }
        while let last = rest.last, !last.isLetter { rest.removeLast() }
        return String(rest)
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().folding(options: .diacriticInsensitive, locale: nil)
            .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}

/// Words and runs that guessers try first.
///
/// A list of the thousand commonest passwords holds almost none of twelve characters; what people use at that length is one of
/// these words twice, two of them, or one with digits behind it, so the words are kept instead of the list.
enum CommonPasswords {
    /// Whether a core is nothing but these words, runs of the keyboard and repetitions.
    static func areGuessedFirst(_ core: String) -> Bool {
        var rest = core
        for word in words { rest = rest.replacing(word, with: "") }
        for run in runs {
            for length in stride(from: run.count, through: 4, by: -1) {
                for start in 0...(run.count - length) {
                    let begin = run.index(run.startIndex, offsetBy: start)
                    let piece = String(run[begin..<run.index(begin, offsetBy: length)])
                    rest = rest.replacing(piece, with: "").replacing(String(piece.reversed()), with: "")
                }
            }
        }
        // Four letters beyond what is common are no secret.
        return Set(rest).count < 4
    }

    private static let runs = [
        "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "1234567890",
        "qazwsxedcrfvtgb", "qweasdzxc", "i2eas6tb9o",
    ]

    private static let words = [
        "password", "passwort", "passphrase", "motdepasse", "letmein", "welcome", "bienvenue", "bonjour", "admin",
        "administrator", "administrateur", "administration", "secret", "changeme", "default", "temporary", "temp",
        "login", "master", "monkey", "dragon", "football", "baseball", "hockey", "soccer", "princess", "sunshine",
        "iloveyou", "jetaime", "trustno", "superman", "batman", "pokemon", "starwars", "shadow", "whatever", "freedom",
        "computer", "internet", "samsung", "google", "facebook", "microsoft", "windows", "starbucks", "michael",
        "jennifer", "jordan", "jessica", "ashley", "daniel", "charlie", "thomas", "andrew", "nicole", "matthew",
        "toronto", "canada", "ontario", "quebec", "montreal", "ottawa", "leafs", "mapleleaf", "january", "february",
        "march", "april", "june", "july", "august", "september", "october", "november", "december", "spring", "summer",
        "autumn", "winter", "printemps", "automne", "hiver", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "hello", "test",
        "user", "guest", "root", "service", "municipal", "township", "region", "city", "town", "ville", "the", "and",
        "my", "this", "is", "it", "for", "love", "pass", "word", "qwerty", "azerty", "correcthorsebatterystaple",
        "hub", "publicworks", "cityhall", "townhall", "hoteldeville", "staff", "office",
    ].sorted { $0.count > $1.count }
}
