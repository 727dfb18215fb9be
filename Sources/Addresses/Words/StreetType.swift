/// The generic part of a street's name, English and French forms of one idea together: `Street`, `St`, `rue`.
///
/// Raw values are stored in compiled books; new types are added at the end.
enum StreetType: UInt8, Sendable, CaseIterable {
    case none, street, road, avenue, boulevard, crescent, court, drive, lane, place, circle, terrace, way, gate, heights
    case trail, line, sideroad, concession, townline, highway, regionalRoad, countyRoad, townshipRoad, landing, crossing
    case point, gardens, path, close, parkway, centre, walk, mews, hollow, square, cross, cove, hill, ridge, park, run
    case view, green, grove, bend, row, common, manor, pass, circuit, chase, meadows, mall, link, island, glen, estates
    case extension_, bay, beach, harbour, loop, mount, alley, impasse, rise, shore, valley, village, wood, quay
    case expressway, bypass, field

    /// Whether a number may follow it or stand before it as the name itself: `Line 5`, `5 Line`, `Highway 7`.
    var isNumbered: Bool {
        switch self {
        case .line, .sideroad, .concession, .highway, .regionalRoad, .countyRoad, .townshipRoad, .townline: true
        default: false
        }
    }

    /// Folded words of each type.
    private static let spellings: [(StreetType, String)] = [
        (.street, "street st str strt rue strasse"), (.road, "road rd chemin ch chem route rte"),
        (.avenue, "avenue ave av aven avn"), (.boulevard, "boulevard blvd boul bvd bd blv"),
        (.crescent, "crescent cres cr crsnt crescnt cresc croissant crois"), (.court, "court crt ct cour"),
        (.drive, "drive dr drv promenade prom"), (.lane, "lane ln la ruelle"), (.place, "place pl plc"),
        (.circle, "circle cir circ cercle"), (.terrace, "terrace terr ter tce trce terrasse tsse"),
        (.way, "way wy voie"),
        (.gate, "gate gt"), (.heights, "heights hts height hgts"), (.trail, "trail trl tr tl sentier sent"),
        (.line, "line ligne lne"), (.sideroad, "sideroad sdrd sr siderd"), (.concession, "concession con conc rang"),
        (.townline, "townline tline"), (.highway, "highway hwy hiway hgwy autoroute aut"),
        (.regionalRoad, "regionalroad"), (.countyRoad, "countyroad"), (.townshipRoad, "townshiproad"),
        (.landing, "landing lndg ldg lnd"), (.crossing, "crossing crossg xing crsg"), (.point, "point pt pte pointe"),
        (.gardens, "gardens garden gdn gdns jardin jardins"), (.path, "path pth ptway pathway"), (.close, "close cl"),
        (.parkway, "parkway pky pkwy pkw"), (.centre, "centre center ctr cntr"), (.walk, "walk wk wlk"),
        (.mews, "mews mw"),
        (.hollow, "hollow hllw holw"), (.square, "square sq carre"), (.cross, "cross crss"), (.cove, "cove cv"),
        (.hill, "hill hl hills colline cote"), (.ridge, "ridge rdg crete"), (.park, "park pk parc"), (.run, "run"),
        (.view, "view vw vue"), (.green, "green grn"), (.grove, "grove grv gr bosquet"), (.bend, "bend bnd"),
        (.row, "row"),
        (.common, "common commons cmn"), (.manor, "manor mnr manoir"), (.pass, "pass passage"),
        (.circuit, "circuit crct"),
        (.chase, "chase"), (.meadows, "meadows meadow mdws"), (.mall, "mall"), (.link, "link lnk"),
        (.island, "island isl ile"), (.glen, "glen"), (.estates, "estates estate ests"), (.extension_, "ext extension"),
        (.bay, "bay baie"), (.beach, "beach plage"), (.harbour, "harbour harbor hrbr"), (.loop, "loop"),
        (.mount, "montee mtee"), (.alley, "alley allee"), (.impasse, "impasse"), (.rise, "rise"),
        (.shore, "shore shores"),
        (.valley, "valley"), (.village, "village vlg"), (.wood, "wood woods"), (.quay, "quay quai"),
        (.expressway, "expressway expy"), (.bypass, "bypass"), (.field, "field"),
    ]

    private static let types: [String: StreetType] = {
        var types: [String: StreetType] = [:]
        for (type, words) in spellings {
            for word in words.split(separator: " ") { types[String(word)] = type }
        }
        return types
    }()

    /// Types that stand before the name in French, or in English for the numbered ones.
    private static let leading: Set<String> = [
        "rue", "chemin", "ch", "chem", "route", "rte", "avenue", "av", "ave", "boulevard", "boul", "bd", "blvd",
        "croissant",
        "crois", "cour", "promenade", "prom", "ruelle", "place", "cercle", "terrasse", "voie", "sentier", "ligne",
        "rang",
        "carre", "square", "colline", "cote", "montee", "allee", "impasse", "quai", "passage", "jardin", "jardins",
        "parc",
        "pointe", "manoir", "autoroute", "ile",
    ]

    /// The type a folded word means; nil when it means none.
    init?(word: String) {
        guard let found = Self.types[word] else { return nil }
        self = found
    }

    /// Whether some word for a type begins with these letters.
    static func mayBegin(with letters: String) -> Bool { types.keys.contains { $0.hasPrefix(letters) } }

    /// Whether a folded word may be a type before the name.
    static func mayLead(_ word: String) -> Bool { leading.contains(word) }

    /// Types of two and three words, as the one word that ``init(word:)`` knows.
    private static let phrases: [([String], String)] = [
        (["route", "de", "comte"], "countyroad"), (["chemin", "de", "comte"], "countyroad"),
        (["route", "du", "comte"], "countyroad"), (["county", "road"], "countyroad"), (["county", "rd"], "countyroad"),
        (["cty", "rd"], "countyroad"), (["co", "rd"], "countyroad"), (["cnty", "rd"], "countyroad"),
        (["regional", "road"], "regionalroad"), (["regional", "rd"], "regionalroad"), (["reg", "rd"], "regionalroad"),
        (["reg", "road"], "regionalroad"), (["region", "road"], "regionalroad"), (["region", "rd"], "regionalroad"),
        (["route", "regionale"], "regionalroad"), (["chemin", "regional"], "regionalroad"), (["r", "r"], "rr"),
        (["side", "road"], "sideroad"), (["side", "rd"], "sideroad"), (["sd", "rd"], "sideroad"),
        (["town", "line"], "townline"), (["twp", "line"], "townline"), (["township", "line"], "townline"),
        (["township", "road"], "townshiproad"), (["township", "rd"], "townshiproad"), (["twp", "rd"], "townshiproad"),
        (["twp", "road"], "townshiproad"), (["provincial", "highway"], "highway"), (["kings", "highway"], "highway"),
        (["route", "provinciale"], "highway"), (["concession", "road"], "concession"),
        (["concession", "rd"], "concession"),
        (["con", "rd"], "concession"), (["conc", "rd"], "concession"), (["con", "road"], "concession"),
        (["conc", "road"], "concession"), (["concession", "line"], "concession"),
    ]

    /// The words with types of several words made one.
    static func joined(_ words: [String]) -> [String] {
        var result: [String] = []
        var index = 0
        next: while index < words.count {
            for (phrase, joined) in phrases where words[index...].starts(with: phrase) {
                result.append(joined)
                index += phrase.count
                continue next
            }
            result.append(words[index])
            index += 1
        }
        return result
    }
}
