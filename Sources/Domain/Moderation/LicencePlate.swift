/// A licence plate in a text.
///
/// Ontario's forms are `ABCD 123` and `ABC 123`, Québec's `A12 BCD` and `123 ABC`. Without a word such as "plate" beside it a plate is only
/// found in capitals, and not behind the words that stand before numbers in addresses.
enum LicencePlate {
    private static let words: Set<String> = [
        "plate", "plates", "licence", "license", "plaque", "plaques", "immatriculation",
    ]
    /// Capitals before a number that are no plate.
    private static let notPlates: Set<String> = [
        "ROAD", "LINE", "LOT", "UNIT", "APT", "APP", "RUE", "CH", "HWY", "RTE", "REG", "BUS", "GO", "BOX", "POLE",
        "SUITE",
        "NO", "NUM", "CASE", "LANE", "EXIT", "ROOM", "PARK", "SIDE", "CON", "BAY", "PIN", "AREA", "ZONE", "ISO", "CSA",
    ]

    static func isIn(_ text: String) -> Bool {
        let pieces = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        var lastWord = -10
        for (place, piece) in pieces.enumerated() {
            if words.contains(piece.lowercased()) {
                lastWord = place
                continue
            }
            let isNamed = place - lastWord <= 4
            if isPlate(piece, isNamed: isNamed) { return true }
            guard place + 1 < pieces.count, isPair(piece, pieces[place + 1]) else { continue }
            if isNamed { return true }
            let letters = piece.first?.isLetter == true ? piece : pieces[place + 1]
            if letters == letters.uppercased(), !notPlates.contains(letters) { return true }
        }
        return false
    }

    /// `ABCD123`, `ABC123`; named: letters and digits together in any order.
    private static func isPlate(_ piece: String, isNamed: Bool) -> Bool {
        let shape = shape(of: piece)
        if isNamed, (5...8).contains(shape.count), shape.contains("A"), shape.contains("9") { return true }
        guard shape == "AAAA999" || shape == "AAA999" else { return false }
        return piece == piece.uppercased()
    }

    private static func isPair(_ first: String, _ second: String) -> Bool {
        ["AAAA 999", "AAA 999", "999 AAA", "A99 AAA"].contains("\(shape(of: first)) \(shape(of: second))")
    }

    /// Letters as A, digits as 9.
    private static func shape(of piece: String) -> String {
        String(piece.prefix(12).map { $0.isNumber ? "9" : $0.isASCII ? "A" : "x" })
    }
}
