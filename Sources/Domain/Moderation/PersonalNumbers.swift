/// Numbers in a text that can be of a bank card or a social insurance number: the right length and the right check digit.
///
/// Both end with a check digit by Luhn's rule (ISO/IEC 7812-1; the SIN too), so nine of ten other numbers are none.
struct PersonalNumbers {
    /// 13 to 19 digits with a right check digit.
    let hasCard: Bool
    /// Nine digits, three by three or together, with a right check digit.
    let hasSocialInsurance: Bool

    init(_ text: String) {
        var card = false
        var insurance = false
        for run in Self.runs(in: text) {
            switch run.count {
            case 9: insurance = insurance || (run[0] != 0 && Self.checks(run[...]))
            case 13...19: card = card || Self.checks(run[...])
            case 20...:
                // Two numbers written one after the other.
                card = card || (0...(run.count - 16)).contains { Self.checks(run[$0..<($0 + 16)]) }
            default: break
            }
        }
        hasCard = card
        hasSocialInsurance = insurance
    }

    /// Digits with nothing but single blanks and dashes between them.
    private static func runs(in text: String) -> [[Int]] {
        var runs: [[Int]] = []
        var run: [Int] = []
        var hasMark = false
        for byte in text.utf8 {
            switch byte {
            case 48...57:
                run.append(Int(byte) - 48)
                hasMark = false
            case 32 where !hasMark && !run.isEmpty, 45 where !hasMark && !run.isEmpty:
                hasMark = true
            default:
                if !run.isEmpty { runs.append(run) }
                run = []
                hasMark = false
            }
        }
        return run.isEmpty ? runs : runs + [run]
    }

    private static func checks(_ digits: ArraySlice<Int>) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = place % 2 == 1 ? digit * 2 : digit
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum > 0 && sum % 10 == 0
    }
}
