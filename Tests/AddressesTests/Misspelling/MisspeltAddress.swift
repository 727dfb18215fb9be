/// Random numbers that are the same on every machine (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Writes real addresses as people do: any case, types long, short or missing, one typo, units before and after, commas, dots and blanks
/// anywhere, with and without the municipality.
struct MisspeltAddress {
    /// Long and short forms of the types of the registers used here.
    static let types: [(long: String, short: [String])] = [
        ("Street", ["St", "St.", "Str"]), ("Road", ["Rd", "Rd."]), ("Avenue", ["Ave", "Av", "Ave."]),
        ("Boulevard", ["Blvd", "Boul"]), ("Crescent", ["Cres", "Cr", "Cres."]), ("Court", ["Crt", "Ct"]),
        ("Drive", ["Dr", "Dr."]),
        ("Lane", ["Ln", "Lane"]), ("Place", ["Pl", "Pl."]), ("Circle", ["Cir"]), ("Terrace", ["Terr", "Ter"]),
        ("Way", ["Way"]),
        ("Gate", ["Gate"]), ("Heights", ["Hts"]), ("Trail", ["Trl", "Tr"]), ("Line", ["Line"]),
        ("Sideroad", ["Side Rd", "SR", "Side Road"]),
        ("Parkway", ["Pky", "Pkwy"]), ("Landing", ["Lndg"]), ("Crossing", ["Cross", "Xing"]), ("Point", ["Pt"]),
        ("Square", ["Sq"]),
        ("Townline", ["Twp Line", "Town Line"]), ("Concession", ["Con", "Conc"]),
    ]
    static let directions: [(long: String, short: String)] = [
        ("North", "N"), ("South", "S"), ("East", "E"), ("West", "W"),
    ]

    var numbers: SeededNumbers
    /// Share of addresses written with their municipality.
    let withMunicipality: Double
    let withTypo: Double

    init(seed: UInt64, withMunicipality: Double = 0.6, withTypo: Double = 0.4) {
        numbers = SeededNumbers(seed: seed)
        self.withMunicipality = withMunicipality
        self.withTypo = withTypo
    }

    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &numbers) < share }

    /// One way to write an address.
    mutating func written(number: String, street: String, municipality: String) -> String {
        var words = street.split(separator: " ").map(String.init)
        var direction: String?
        if words.count > 1, let last = words.last,
            let found = Self.directions.first(where: {
                $0.short == last.uppercased() || $0.long.lowercased() == last.lowercased()
            })
        {
            direction = chance(0.4) ? found.long : found.short
            words.removeLast()
        }
        var type: String?
        if words.count > 1, let last = words.last?.lowercased(),
            let found = Self.types.first(where: {
                $0.long.lowercased() == last || $0.short.contains { $0.lowercased() == last }
            })
        {
            words.removeLast()
            let isNumbered = words.allSatisfy { $0.allSatisfy(\.isNumber) }
            type =
                chance(0.4) ? found.long : chance(0.8) || isNumbered ? found.short.randomElement(using: &numbers) : nil
        }
        if chance(withTypo) { words = misspelt(words) }
        var text = (words + [type, direction].compactMap(\.self)).joined(separator: " ")
        text = withUnit(number, text)
        if chance(withMunicipality) {
            text += [", ", " ", ",", " , "].randomElement(using: &numbers) ?? ", "
            text += municipality
            if chance(0.3) {
                text += [", ON", " Ontario", ", Ont.", ", ON, Canada"].randomElement(using: &numbers) ?? ""
            }
        }
        if chance(0.2) { text = text.replacing(" ", with: "  ") }
        if chance(0.1) { text = "  " + text + " " }
        if chance(0.1) { text += "." }
        switch Int.random(in: 0..<5, using: &numbers) {
        case 0: text = text.uppercased()
        case 1: text = text.lowercased()
        default: break
        }
        return text
    }

    private mutating func withUnit(_ number: String, _ street: String) -> String {
        let unit = "\(Int.random(in: 1...40, using: &numbers))"
        switch Int.random(in: 0..<20, using: &numbers) {
        case 0: return "Unit \(unit), \(number) \(street)"
        case 1: return "#\(unit) - \(number) \(street)"
        case 2: return "\(unit)-\(number) \(street)"
        case 3: return "Apt. \(unit) \(number) \(street)"
        case 4: return "\(number) \(street) Apt \(unit)"
        case 5: return "\(number) \(street), Unit \(unit)"
        case 6: return "\(number) \(street) #\(unit)"
        case 7: return "\(number) \(street), Suite \(unit)"
        case 8: return "\(number), \(street)"
        default: return "\(number) \(street)"
        }
    }

    /// One letter wrong, missing, too many or swapped with its neighbour, in the longest word of letters.
    private mutating func misspelt(_ words: [String]) -> [String] {
        var words = words
        guard
            let index = words.indices.filter({ words[$0].allSatisfy(\.isLetter) && words[$0].count > 3 }).max(by: {
                words[$0].count < words[$1].count
            })
        else { return words }
        var letters = Array(words[index])
        let at = Int.random(in: 0..<letters.count - 1, using: &numbers)
        let letter = "abcdefghijklmnopqrstuvwxyz".randomElement(using: &numbers) ?? "x"
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: letters[at] = letter
        case 1: letters.remove(at: at)
        case 2: letters.insert(letter, at: at)
        default: letters.swapAt(at, at + 1)
        }
        words[index] = String(letters)
        return words
    }
}
