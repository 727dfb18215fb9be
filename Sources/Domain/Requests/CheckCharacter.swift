/// The last character of a reference: a weighted sum over the field of 32 elements.
///
/// Each position has its own weight, a power of the field's generator counted from the right. Weights are never zero, so
/// one wrong character always shows; neighbouring weights differ, so two swapped neighbours always show. The check
/// character is itself one of the 32, unlike that of a sum modulo 37. The code's letters take part with their Crockford value; I, L, O and U,
/// which have none, take values of digits, which codes do not have.
enum CheckCharacter {
    /// Crockford's base 32.
    static let alphabet: [Character] = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private static let values: [Character: Int] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, $0) }
    )

    /// Values of the letters Crockford leaves out.
    ///
    /// I and O are those of the digits they are read as in the random part, so that a swap across the dash shows too;
    /// for L a value was sought with which every such swap shows.
    private static let lettersOfCodes: [Character: Int] = ["I": 1, "O": 0, "L": 4, "U": 3]

    /// Value of a character of the random part; nil when it is none.
    static func value(of character: Character) -> Int? { values[character] }

    /// The character that goes with a code and the eight characters after it.
    static func of(code: [Character], body: ArraySlice<Character>) -> Character {
        var sum = 0
        var weight = 1
        for character in body.reversed() {
            weight = timesTwo(weight)
            sum ^= product(weight, values[character] ?? 0)
        }
        for character in code.reversed() {
            weight = timesTwo(weight)
            sum ^= product(weight, lettersOfCodes[character] ?? values[character] ?? 0)
        }
        return alphabet[sum]
    }

    /// Multiplies by x modulo x⁵ + x² + 1, whose root generates the field.
    private static func timesTwo(_ element: Int) -> Int {
        let shifted = element << 1
        return shifted & 32 == 0 ? shifted : (shifted ^ 0b100101)
    }

    private static func product(_ left: Int, _ right: Int) -> Int {
        var (sum, power, rest) = (0, left, right)
        while rest > 0 {
            if rest & 1 == 1 { sum ^= power }
            power = timesTwo(power)
            rest >>= 1
        }
        return sum
    }
}
