/// The distinct sets of two and more areas that whole squares lie in, each kept once.
struct AreaSets {
    /// For each set, where its areas begin in ``members``; one more at the end.
    private(set) var starts: [UInt32] = [0]
    private(set) var members: [UInt32] = []
    private var known: [[UInt32]: UInt32] = [:]

    /// The word of a square that lies in these areas, given in rising order.
    mutating func word(of areas: [UInt32]) -> UInt32 {
        switch areas.count {
        case 0: return 0
        case 1: return IndexWords.single(areas[0])
        default:
            if let word = known[areas] { return word }
            let word = UInt32(starts.count - 1) << 2 | IndexWords.set
            members += areas
            starts.append(UInt32(members.count))
            known[areas] = word
            return word
        }
    }
}

/// Areas in rising order, each in or out.
struct AreaToggle {
    private(set) var inside: [UInt32] = []

    mutating func toggle(_ area: UInt32) {
        // Few areas hold one place: a walk from the end beats anything clever.
        var position = inside.count
        while position > 0, inside[position - 1] > area { position -= 1 }
        if position > 0, inside[position - 1] == area {
            inside.remove(at: position - 1)
        } else {
            inside.insert(area, at: position)
        }
    }

    func contains(_ area: UInt32) -> Bool { inside.contains(area) }

    mutating func reset(to areas: [UInt32] = []) {
        inside.removeAll(keepingCapacity: true)
        inside.append(contentsOf: areas)
    }
}
