/// A street's name as streets are compared: the name itself without blanks, its type, its direction.
struct StreetKey: Sendable, Hashable {
    /// The name without type and direction, folded, words joined: `king`, `stclair`, `fischerhallman`, `25`.
    var core: String
    /// What kind of street it is called.
    var type: StreetType
    /// The direction after it.
    var direction: Direction

    private static let articles: Set<String> = ["the", "de", "du", "des", "d", "l", "la", "le", "les"]
    private static let numberNoise: Set<String> = ["no", "number", "num", "numero", "nr"]

    /// The ways to understand a street's words, the usual one first; empty when there are no words.
    ///
    /// A register's street is its first reading. A question tries them all: in `12 Forest Hill` the last word may be the type, or
    /// belong to a name whose type was left out.
    static func readings(of words: [String]) -> [StreetKey] {
        let words = prepared(words)
        guard !words.isEmpty else { return [] }
        var readings: [StreetKey] = []
        func add(_ core: [String], _ type: StreetType, _ direction: Direction) {
            let name = name(core)
            guard !name.isEmpty else { return }
            let key = StreetKey(core: name, type: type, direction: direction)
            if !readings.contains(key) { readings.append(key) }
        }
        var rest = words
        var direction = Direction.none
        if rest.count > 1, let last = rest.last, let found = Direction(word: last),
            rest.dropLast().contains(where: { !articles.contains($0) && !StreetType.mayLead($0) }) || rest.count > 2
        {
            direction = found
            rest.removeLast()
        }
        split(rest) { add($0, $1, direction) }
        if direction != .none { split(words) { add($0, $1, .none) } }
        add(rest, .none, direction)
        return readings
    }

    /// The key of a register's street.
    static func register(_ street: some StringProtocol) -> StreetKey? {
        readings(of: FoldedText.words(street)).first
    }

    /// Name and type of words that have no direction any more.
    private static func split(_ words: [String], _ found: ([String], StreetType) -> Void) {
        // A number beside a type that takes one is the name: `5 line`, `line 5`, `regional road 25`.
        for (index, word) in words.enumerated() {
            guard let type = StreetType(word: word == "cr" && numbered(words, index + 1) ? "countyroad" : word) else {
                continue
            }
            let position =
                (type.isNumbered || type == .road) && numbered(words, index + 1)
                ? index + 1 : type.isNumbered && numbered(words, index - 1) ? index - 1 : nil
            guard let position else { continue }
            var others = words.enumerated().filter { $0.offset != index && $0.offset != position }.map(\.element)
            // `regional road no 25 road`: the type is said twice.
            if let last = others.last, StreetType(word: last) != nil, others.count == 1 { others = [] }
            found([words[position]] + others, type)
            return
        }
        let leading = words.count > 1 && StreetType.mayLead(words[0]) ? StreetType(word: words[0]) : nil
        // `Croissant du Parc`, `rue Park`: plainly French, so the type stands first whatever the last word is.
        let isFrench = leading != nil && (words[0] == "rue" || words.count > 2 && articles.contains(words[1]))
        if isFrench, let leading { found(Array(words.dropFirst()), leading) }
        if words.count > 1, let last = words.last, let type = StreetType(word: last) {
            found(Array(words.dropLast()), type)
        }
        if !isFrench, let leading { found(Array(words.dropFirst()), leading) }
        if words.count == 1 || StreetType(word: words[words.count - 1]) == nil { found(words, .none) }
    }

    private static func numbered(_ words: [String], _ index: Int) -> Bool {
        guard words.indices.contains(index), let first = words[index].utf8.first else { return false }
        return (0x30...0x39).contains(first) && words[index].utf8.count <= 4
    }

    private static func prepared(_ words: [String]) -> [String] {
        var words = StreetType.joined(NumberWords.digits(in: words))
        words = words.enumerated().filter { index, word in
            !(numberNoise.contains(word) && index > 0 && numbered(words, index + 1))
        }.map(\.element)
        // `RR 25` is a regional road here; a rural route was taken off before.
        return words.enumerated().map { index, word in
            word == "rr" && numbered(words, index + 1) ? "regionalroad" : word
        }
    }

    /// The name's words joined: articles before it gone, saints, Mc and letters for directions in one form.
    private static func name(_ words: [String]) -> String {
        var words = words[...]
        while words.count > 1, let first = words.first, articles.contains(first) { words = words.dropFirst() }
        var name = ""
        for (index, word) in words.enumerated() {
            switch word {
            case "saint", "sainte", "ste": name += "st"
            case "mt": name += index == 0 && words.count > 1 ? "mount" : word
            case "ft": name += index == 0 && words.count > 1 ? "fort" : word
            case "dr", "doctor", "docteur": name += index == 0 && words.count > 1 ? "dr" : word
            case "mac": name += index + 1 < words.count ? "mc" : word
            case "et": name += index > 0 ? "and" : word
            case "n", "s", "e", "w":
                name += index == 0 && words.count > 1 ? Direction(word: word)?.word ?? word : word
            default:
                if word.utf8.count > 5, word.hasPrefix("mac") { name += "mc" + word.dropFirst(3) } else { name += word }
            }
        }
        return name
    }
}
