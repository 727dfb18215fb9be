import Domain

/// A municipality that a place may lie in.
struct Town: Hashable {
    /// Its id; nil where the place lies in none that is known.
    let id: JurisdictionID?

    /// Whether it is a tenant of this hub.
    let isMember: Bool

    /// Metres to its border when the place lies outside it.
    let metres: Double?
}

/// The municipalities that come into question for one place, in the stated order, and why there may be several.
struct PlaceCandidates {
    /// Why these.
    enum Standing: Hashable {
        /// The place lies in one.
        case known
        /// A person said which.
        case chosen
        /// Border or overlap; the first is the one the stated order prefers.
        case contested
        /// Between surveys; nearest first.
        case gap
        /// Outside all.
        case outside
        /// Nothing is known of the place.
        case unknown
        /// Only a number or nothing points there: a hint, to be confirmed.
        case hinted
    }

    private(set) var towns: [Town]
    private(set) var standing: Standing
    private(set) var flags: [String] = []

    init(_ query: DecisionQuery, bodies: Bodies) {
        let members = bodies.members
        func town(_ area: CoveringArea, metres: Double? = nil) -> Town {
            let id = area.jurisdictionID ?? JurisdictionID(trusted: area.id.rawValue)
            return Town(id: id, isMember: bodies.tenants[id] != nil, metres: metres)
        }
        if let decided = query.place.decided(in: .municipality), query.place.municipality.covering.count != 1 {
            // The region has decided whose place it is: nobody is asked, and staff see that it did.
            (towns, standing) = ([town(decided.area)], .known)
            flags.append(Decision.Flag.decidedPlace)
        } else {
            switch query.place.municipality {
            case .inside(let area):
                (towns, standing) = ([town(area)], .known)
            case .contested(let areas):
                (towns, standing) = (areas.map { town($0) }, .contested)
            case .gap(let nearest):
                (towns, standing) = (nearest.map { town($0.area, metres: $0.metres) }, .gap)
            case .outside(let nearest):
                if query.place.upperTier.covering.isEmpty {
                    (towns, standing) = ([Town(id: nil, isMember: false, metres: nil)], .outside)
                } else {
                    // Inside the region but in no municipality: a lake, or a town whose boundary is missing.
                    (towns, standing) = (nearest.map { town($0.area, metres: $0.metres) }, .gap)
                }
            case .unknown:
                (towns, standing) = (members, .unknown)
            }
        }
        if towns.isEmpty { (towns, standing) = (members, .unknown) }
        if standing == .known, query.rung.bestConfidence == .ask, let hinted = towns.first {
            towns = [hinted] + members.filter { $0.id != hinted.id }
            standing = .hinted
        }
        take(query.chosenMunicipality, bodies: bodies)
    }

    /// Takes the answer to "which municipality?".
    private mutating func take(_ answer: String?, bodies: Bodies) {
        guard let answer else { return }
        if answer == DecisionQuery.doNotKnow {
            // In a gap or without a place nobody knows, so a person of the hub finds out; an overlap has a stated order.
            guard standing == .contested else { return }
            towns = Array(towns.prefix(1))
            flags.append(Decision.Flag.notKnown)
            return
        }
        if let chosen = towns.first(where: { $0.id?.rawValue == answer }) {
            if towns.count > 1 { standing = .chosen }
            towns = [chosen]
        } else if standing == .unknown || standing == .hinted,
            let partner = bodies.partners[PartnerID(trusted: answer)],
            partner.kind == .municipality
        {
            towns = [Town(id: JurisdictionID(trusted: answer), isMember: false, metres: nil)]
            standing = .chosen
        } else {
            flags.append(Decision.Flag.choiceIgnored)
        }
    }
}
