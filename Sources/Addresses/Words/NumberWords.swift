/// Ordinals and small numbers in words, as digits: `fifth`, `5th`, `cinquième` and `5e` are all `5`.
enum NumberWords {
    private static let ones: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "premier": 1, "premiere": 1, "deuxieme": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5,
        "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9,
    ]
    private static let more: [String: Int] = [
        "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
        "sixteenth": 16,
        "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
        "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
        "dixieme": 10, "onzieme": 11, "douzieme": 12, "treizieme": 13, "quatorzieme": 14, "quinzieme": 15,
        "seizieme": 16, "vingtieme": 20, "trentieme": 30,
    ]
    private static let tens: [String: Int] = ["twenty": 20, "thirty": 30, "forty": 40, "fifty": 50]
    private static let endings: Set<String> = ["st", "nd", "rd", "th", "e", "er", "re", "eme", "ieme", "ere"]

    /// The words with every number as digits.
    static func digits(in words: [String]) -> [String] {
        var result: [String] = []
        var index = 0
        while index < words.count {
            let word = words[index]
            if let ten = tens[word] {
                if index + 1 < words.count, let one = ones[words[index + 1]] {
                    result.append("\(ten + one)")
                    index += 1
                } else {
                    result.append("\(ten)")
                }
            } else if let number = ones[word] ?? more[word] {
                result.append("\(number)")
            } else {
                result.append(ordinal(word) ?? word)
            }
            index += 1
        }
        return result
    }

    /// The digits of `5th`, `1er`, `2e`; nil for anything else.
    static func ordinal(_ word: String) -> String? {
        let digits = word.prefix { $0.isNumber }
        guard !digits.isEmpty, digits.count < word.count, digits.count <= 3 else { return nil }
        return endings.contains(String(word.dropFirst(digits.count))) ? String(digits) : nil
    }
}
