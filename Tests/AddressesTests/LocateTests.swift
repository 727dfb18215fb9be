import Domain
import Testing

@testable import Addresses

@Suite("Locating an address")
struct LocateTests {
    let book: AddressBook

    init() throws { book = try SmallTown.book() }

    @Test(
        "finds one door in any of the usual spellings",
        arguments: [
            ("12 King Street East, Northbrook", "12 King St E"), ("12 KING ST. E NORTHBROOK ON", "12 King St E"),
            ("12, rue King Est, Northbrook (Ontario)", "12 King St E"),
            ("Unit 5, 12 King St E, Northbrook", "5-12 King St E"),
            ("5-12 King St E, Town of Northbrook", "5-12 King St E"),
            ("#5 - 12 King St E Northbrook", "5-12 King St E"),
            ("12 King St E Apt 5, Northbrook", "5-12 King St E"),
            ("bureau 5, 12 rue King Est, Northbrook", "5-12 King St E"),
            ("12 King St E #5, Northbrook", "5-12 King St E"), ("12a king street e northbrook", "12A King St E"),
            ("12 A King Street E, Northbrook", "12A King St E"), ("12 Knig St E, Northbrook", "12 King St E"),
            ("12 King St E, Northbrok", "12 King St E"), ("King St E 12, Northbrook", "12 King St E"),
            ("12 King St E, RR 2, Northbrook, ON L0Z 1B1", "12 King St E"),
            ("12 King St E PO Box 99 Northbrook", "12 King St E"),
            ("1000 4th Line", "1000 Fourth Line"), ("1000 Line 4, Northbrook", "1000 Fourth Line"),
            ("1200 RR 25, Northbrook", "1200 Regional Road 25"), ("1200 reg rd no. 25", "1200 Regional Road 25"),
            ("5 Forest Hill, Northbrook", "5 Forest Hill Drive"), ("7 rue principale", "7 Rue Principale"),
            ("7 Principale St, Petit Ruisseau", "7 Rue Principale"),
        ]
    )
    func finds(text: String, door: String) throws {
        let answer = book.locate(text)
        let found = try #require(answer.certain, "\(text): \(answer.candidates.map(\.text)) \(answer.warnings)")
        #expect(found.text.hasPrefix(door), "\(text) → \(found.text)")
        #expect(found.level == .exact)
    }

    @Test("asks when the same address is in several towns, and takes the one whose town is named")
    func severalTowns() {
        let answer = book.locate("120 Main Street")
        #expect(answer.outcome == .several)
        #expect(Set(answer.candidates.map(\.municipality)) == ["Town of Northbrook", "Southbrook"])
        #expect(answer.municipalityID == nil)
        #expect(book.locate("120 Main Street, Southbrook").certain?.municipalityID?.rawValue == "southbrook")
        #expect(book.locate("120 Main Street", municipality: "southbrook").certain?.municipality == "Southbrook")
    }

    @Test("never goes to another town than the one named without asking")
    func namedTownBinds() {
        let answer = book.locate("1000 Fourth Line, Southbrook")
        #expect(answer.outcome == .several)
        #expect(answer.certain == nil)
        #expect(answer.warnings.contains(.streetElsewhere))
        let empty = book.locate("12 King St E, Emptyville")
        #expect(empty.outcome == .several && empty.warnings.contains(.streetElsewhere))
        let unknown = book.locate("12 King St E, Farawayton")
        #expect(unknown.outcome == .several && unknown.warnings.contains(.municipalityUnknown))
        // The street is in the town; that another town has the number does not matter.
        let there = book.locate("120 King Street, Southbrook")
        #expect(there.found?.level == .street && there.found?.municipality == "Southbrook")
    }

    @Test("puts a free number between its neighbours of the same side, and one beyond the end on the street")
    func interpolates() throws {
        let between = try #require(book.locate("20 King St E, Northbrook").found)
        #expect(between.level == .interpolated)
        // 18 lies at 18, 22 at 22, both on the even side.
        #expect(between.coordinate.latitudeNano == 44_002_000_000)
        #expect(between.coordinate.longitudeNano == -78_999_000_000)
        let beyond = book.locate("900 King St E, Northbrook")
        #expect(beyond.found?.level == .street && beyond.warnings.contains(.numberUnknown))
        #expect(beyond.certain == nil)
    }

    @Test("shows both facts where a point lies over the border of the town that its register names")
    func overTheBorder() throws {
        for text in ["55 Border Road, Northbrook", "55 Border Road, Southbrook", "55 border rd"] {
            let answer = book.locate(text)
            let found = try #require(answer.certain, "\(text)")
            #expect(found.municipality == "Southbrook")
            #expect(found.statedMunicipality.map { AddressPlace.isSame($0, "Northbrook") } == true)
            #expect(answer.warnings.contains(.overTheBorder))
        }
    }

    @Test("knows former and other names, and says which is former until when")
    func aliases() throws {
        let former = book.locate("120 Commercial St, Northbrook")
        #expect(former.certain?.street == "Main Street")
        #expect(former.certain?.formerStreet == "Commercial Street")
        #expect(former.certain?.formerUntil == (try CalendarDay("2011-12-31")))
        #expect(former.warnings.contains(.formerName))
        let other = book.locate("1200 Highway 25, Northbrook")
        #expect(other.certain?.street == "Regional Road 25" && !other.warnings.contains(.formerName))
    }

    @Test("takes a community for the municipalities it lies in, by their shares")
    func communities() {
        let answer = book.locate("120 Main Street, Millpond")
        #expect(answer.candidates.first?.municipality == "Town of Northbrook")
        #expect(book.locate("1000 Fourth Line, Millpond").certain?.municipality == "Town of Northbrook")
    }

    @Test(
        "finds where two streets meet, however they are joined",
        arguments: [
            "King St E and Queen St", "Queen Street & King St E, Northbrook", "King St E / Queen St",
            "coin de Queen et King St E, Northbrook",
        ]
    )
    func crossings(text: String) {
        let answer = book.locate(text)
        #expect(answer.candidates.first?.street?.contains(" & ") == true, "\(text): \(answer)")
        // A crossing must be confirmed by the person.
        #expect(answer.certain == nil)
    }

    @Test(
        "gives the municipality when that is all there is, and nothing when there is nothing",
        arguments: [
            ("Northbrook", AddressAnswer.Outcome.found), ("Ville de Southbrook", .found), ("", .nothing),
            ("xyzzy", .nothing), ("L0Z 1B1", .nothing),
        ]
    )
    func littleToGoBy(text: String, outcome: AddressAnswer.Outcome) {
        let answer = book.locate(text)
        #expect(answer.outcome == outcome)
        if outcome == .found {
            #expect(answer.found?.level == .municipality)
        } else {
            #expect(!answer.warnings.isEmpty)
        }
    }

    @Test("says what is wrong with a postal code")
    func postalCodes() {
        #expect(book.locate("12 King St E, Northbrook D9T 2X5").warnings.contains(.postalCodeInvalid))
        #expect(book.locate("12 King St E, Northbrook K1A 0B1").warnings.contains(.postalCodeDiffers))
        #expect(book.locate("12 King St E, Northbrook l0z1b1").query.postalCode == "L0Z 1B1")
    }

    @Test("takes fields as well as a line, and survives any bytes")
    func fields() {
        let query = AddressQuery(number: HouseNumber(12), street: "King Street East", municipality: "northbrook")
        #expect(book.locate(query).certain?.text.hasPrefix("12 King St E") == true)
        #expect(AddressBook.empty.locate(query).warnings == [.noAddresses])
        var numbers = SeededNumbers(seed: 7)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0..<40, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            _ = book.locate(text)
            _ = book.suggest(text)
        }
        for text in [
            "#", "-", "1-", "5-5-5", "&", "and", "and and and", "1/2", "unit", "Unit #",
            String(repeating: "a ", count: 500), "12 ½ ½",
        ] {
            _ = book.locate(text)
            _ = book.suggest(text)
        }
    }
}

@Suite("Suggesting an address while it is typed")
struct SuggestTests {
    @Test(
        "offers doors whose street begins so, checks the number on each, and is not put off by slips",
        arguments: [
            ("12 kin", "12 King"), ("12 king st e", "12 King St E"), ("120 mai", "120 Main Street"),
            ("12 knig", "12 King"),
            ("1000 four", "1000 Fourth Line"), ("5 fores", "5 Forest Hill Drive"), ("5 hill", "5 Forest Hill Drive"),
            ("7 princ", "7 Rue Principale"), ("7 rue pr", "7 Rue Principale"), ("120 comm", "120 Main Street"),
        ]
    )
    func offers(text: String, first: String) throws {
        let found = try SmallTown.book().suggest(text, limit: 5)
        #expect(found.first?.text.hasPrefix(first) == true, "\(text): \(found.map(\.text))")
        #expect(found.count <= 5)
    }

    @Test("keeps to a municipality that is given or being typed")
    func municipality() throws {
        let book = try SmallTown.book()
        #expect(book.suggest("120 main", municipality: "southbrook").allSatisfy { $0.municipality == "Southbrook" })
        #expect(book.suggest("120 main st south").first?.municipality == "Southbrook")
        #expect(book.suggest("120 main", municipality: "nowhere at all").isEmpty)
        #expect(book.suggest("").isEmpty && AddressBook.empty.suggest("120 main").isEmpty)
    }
}

@Suite("A compiled address book")
struct CompiledBookTests {
    @Test("is the same after it was written and read again, and damage is noticed")
    func bytes() throws {
        let book = try SmallTown.book()
        let bytes = try book.bytes()
        let again = try AddressBook(bytes: bytes)
        #expect(again.count == book.count && again.places == book.places)
        for text in ["12 King Street East, Northbrook", "120 Main Street", "120 Commercial St, Northbrook"] {
            #expect(again.locate(text) == book.locate(text))
        }
        #expect(throws: AddressBook.Unreadable.version) { try AddressBook(bytes: Array("something else".utf8)) }
        for cut in stride(from: 25, to: bytes.count - 1, by: 997) {
            #expect(throws: AddressBook.Unreadable.self) { try AddressBook(bytes: Array(bytes[..<cut])) }
        }
    }

    @Test("merges doors that two registers spell differently, and keeps units out of the count of doors")
    func merging() throws {
        let book = try SmallTown.book()
        var seen: [String: Int] = [:]
        book.forEach { seen["\($0.text)|\($0.municipality)", default: 0] += 1 }
        #expect(seen.values.allSatisfy { $0 == 1 })
        #expect(seen["90 Main Street, Town of Northbrook|Town of Northbrook"] == 1)
    }
}
