/// What a rule asks of the asset that is meant: every list that is not empty must contain the asset's value.
///
/// Without an asset near the place no such condition holds.
public struct RuleAsset: Sendable, Hashable, Codable {
    /// Ids of single assets: an agreement about one bridge.
    public let ids: [String]

    /// Owners, by the id of tenant or partner.
    public let owners: [String]

    /// Operators, by the id of tenant or partner; an asset without one is operated by its owner.
    public let operators: [String]

    /// Classes as the register spells them.
    public let classes: [String]

    /// Components as the register spells them.
    public let components: [String]

    /// Whether somebody other than its owner looks after it.
    public let operated: RuleOperator?

    /// A condition; without any list it asks only that there is an asset.
    public init(
        ids: [String] = [],
        owners: [String] = [],
        operators: [String] = [],
        classes: [String] = [],
        components: [String] = [],
        operated: RuleOperator? = nil
    ) {
        self.ids = ids
        self.owners = owners
        self.operators = operators
        self.classes = classes
        self.components = components
        self.operated = operated
    }

    /// How many facts beside the single ids are asked, and that there is an asset at all: 1 to 6.
    public var width: Int {
        1 + [owners, operators, classes, components].count { !$0.isEmpty } + (operated == nil ? 0 : 1)
    }

    /// Whether an asset meets all of it.
    public func holds(for asset: NearbyAsset) -> Bool {
        func admits(_ list: [String], _ value: String?) -> Bool {
            list.isEmpty || value.map(list.contains) ?? false
        }
        return admits(ids, asset.id) && admits(owners, asset.owner)
            && admits(operators, asset.operatorID ?? asset.owner)
            && admits(classes, asset.assetClass) && admits(components, asset.component)
            && (operated.map { $0 == (asset.operatorID.map { $0 != asset.owner } ?? false ? .other : .owner) } ?? true)
    }
}

/// Whether a road is looked after by somebody other than its owner.
public enum RuleOperator: String, Sendable, Hashable, Codable, CaseIterable {
    /// The roads file names an operator that is not the owner.
    case other
    /// The owner looks after it itself.
    case owner

    /// Whether a road is of this kind on a day.
    ///
    /// - Parameter owner: the road's owner on the day.
    public func holds(for road: NearbyRoad, owner: String?) -> Bool {
        let isOther = road.operatorID.map { $0 != owner } ?? false
        return self == (isOther ? .other : .owner)
    }
}

/// A stretch of a road by distance along it, in kilometres; the start belongs to it, the end to the next stretch.
///
/// A road whose kilometre is unknown is in no stretch.
public struct RuleKilometres: Sendable, Hashable, Codable {
    /// Where it begins, 0 or more.
    public let from: Double

    /// Where it ends, more than ``from``.
    public let to: Double

    /// Whether the end belongs to it as well, and what lies beyond: the last stretch of a road, whose surveyed length is never the agreed one.
    public let isLast: Bool

    /// A stretch.
    public init(from: Double, to: Double, isLast: Bool = false) {
        self.from = from
        self.to = to
        self.isLast = isLast
    }

    /// Whether a point along the road is in the stretch.
    public func contains(_ km: Double?) -> Bool {
        guard let km else { return false }
        return km >= from && (km < to || isLast)
    }

    /// Whether two stretches share a point.
    public func overlaps(_ other: RuleKilometres) -> Bool {
        (from < other.to || other.isLast) && (other.from < to || isLast)
    }

    private enum CodingKeys: String, CodingKey {
        case from, to
        case isLast = "is_last"
    }
}
