/// The distinct sets of areas that whole squares lie in, each kept once.
struct AreaSets {
    /// For each set, where its areas begin in ``members``; one more at the end.
    private(set) var starts: [UInt32] = [0, 0]
    private(set) var members: [UInt32] = []
    private var singles: [UInt32: UInt32] = [:]
    private var others: [[UInt32]: UInt32] = [[]: 0]

    /// Number of a set of areas in rising order; the empty set is 0.
    mutating func number(of areas: [UInt32]) -> UInt32 {
        if areas.count == 1 {
            if let known = singles[areas[0]] { return known }
        } else if let known = others[areas] {
            return known
        }
        let number = UInt32(starts.count - 1)
        members += areas
        starts.append(UInt32(members.count))
        if areas.count == 1 { singles[areas[0]] = number } else { others[areas] = number }
        return number
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

    mutating func reset(to areas: [UInt32] = []) { inside = areas }
}
