import Testing

@testable import Addresses

@Suite("A street's name as streets are compared")
struct StreetKeyTests {
    @Test(
        "is the same however it is written",
        arguments: [
            // one way, another way
            ("King Street East", "KING ST. E"),
            ("Rue Main", "main street"),
            ("12th Line", "Twelfth Line"),
            ("Fifth Line", "5 line"),
            ("Line 5", "5th Line"),
            ("Third Concession", "Concession Rd 3"),
            ("Regional Road 25", "Reg. Rd. #25"),
            ("regional road no 25 road", "R.R. 25"),
            ("Route régionale 25", "RR 25"),
            ("County Road 9", "CR 9"),
            ("15 Side Road", "Sideroad 15"),
            ("SR 15", "15th Sideroad"),
            ("Highway 7", "HWY 7"),
            ("highway 7 highway", "Hwy. No. 7"),
            ("Saint Clair Avenue West", "St. Clair Ave W"),
            ("Ste-Anne Street", "Sainte Anne St"),
            ("O'Grady's Lane", "OGRADYS LN"),
            ("O’Grady’s Lane", "O'Grady's lane"),
            ("MacTavish Court", "McTavish Crt"),
            ("Mc Tavish Ct", "McTavish Court"),
            ("Fischer-Hallman Road", "fischer hallman rd"),
            ("Chemin de l'Église", "ch. Église"),
            ("Boulevard des Érables", "erables blvd"),
            ("Mill & Dock Road", "Mill and Dock Rd"),
            ("Mount Forest Drive", "Mt Forest Dr"),
            ("N Service Road", "North Service Rd"),
            ("The Queensway", "Queensway"),
            ("Twenty-Fifth Avenue", "25th Ave"),
            ("Croissant du Parc", "Parc Cres"),
            ("Park Avenue W", "Park Ave West"),
        ]
    )
    func isTheSame(one: String, other: String) throws {
        #expect(StreetKey.register(one) == StreetKey.register(other))
    }

    @Test(
        "is another where it is another street",
        arguments: [
            ("King Street", "King Road"), ("King Street East", "King Street West"), ("Fifth Line", "Sixth Line"),
            ("Avenue Road", "Road Avenue"), ("Court Street", "Crescent Street"), ("Line 5", "Sideroad 5"),
            ("St Clair Street", "Clair Street"),
        ]
    )
    func isAnother(one: String, other: String) throws {
        #expect(StreetKey.register(one) != StreetKey.register(other))
    }

    @Test("takes crescents and courts apart by their short forms")
    func crescentsAndCourts() {
        #expect(StreetKey.register("Elm Cres")?.type == .crescent)
        #expect(StreetKey.register("Elm Cr")?.type == .crescent)
        #expect(StreetKey.register("Elm Crt")?.type == .court)
        #expect(StreetKey.register("Elm Ct")?.type == .court)
    }

    @Test("of a question has a reading for each way its last word may be meant")
    func readings() {
        let cores = StreetKey.readings(of: FoldedText.words("Forest Hill")).map(\.core)
        #expect(cores.contains("foresthill"))
        #expect(cores.contains("forest"))
        #expect(StreetKey.readings(of: []).isEmpty)
    }
}

@Suite("Postal codes")
struct PostalCodeTests {
    @Test("are well-formed, malformed, or nothing of the kind")
    func findings() {
        #expect(PostalCode.finding("l9t2x5") == .code("L9T 2X5"))
        #expect(PostalCode.finding("l9t") == .code("L9T"))
        // D, F, I, O, Q and U never occur; W and Z never first.
        #expect(PostalCode.finding("d9t2x5") == .malformed)
        #expect(PostalCode.finding("w9t2x5") == .malformed)
        #expect(PostalCode.finding("12345") == .none)
    }

    @Test("survive being packed", arguments: ["A0A 0A0", "L9T 2X5", "Y9Z 9Z9"])
    func packing(code: String) {
        #expect(PostalCode.text(PostalCode.packed(code)) == code)
        #expect(PostalCode.packed("L9T") == 0)
    }
}
