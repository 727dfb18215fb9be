import Domain

/// Whether two rules can hold in the same case.
///
/// Every condition is a set, so two rules meet exactly when each pair of sets does.
enum RuleOverlap {
    static func exists(_ left: RuleConditions, _ right: RuleConditions) -> Bool {
        meet(left.municipalities, right.municipalities)
            && meet(left.roads, right.roads)
            && meet(left.roadOwners, right.roadOwners)
            && meet(left.roadClasses, right.roadClasses)
            && meet(left.propertyTypes, right.propertyTypes)
            && left.answers.allSatisfy { question, keys in meet(keys, right.answers[question] ?? []) }
            && left.areas.allSatisfy { layer, ids in meet(areas: ids, right.areas[layer] ?? []) }
            && meet(left.kilometres, right.kilometres) { $0.overlaps($1) }
            && meet(left.roadOperator, right.roadOperator) { $0 == $1 }
            && meet(left.asset, right.asset) { assetsMeet($0, $1) }
            && meet(left.speedLimit, right.speedLimit)
            && meet(left.hours, right.hours) { $0.overlaps($1) }
            && meet(left.season, right.season) { $0.overlaps($1) }
            && daysMeet(left, right)
    }

    /// An empty list says nothing, so it meets every other.
    private static func meet<Value: Hashable>(_ left: [Value], _ right: [Value]) -> Bool {
        left.isEmpty || right.isEmpty || !Set(left).isDisjoint(with: right)
    }

    /// "Any area" meets every list.
    private static func meet(areas left: [AreaID], _ right: [AreaID]) -> Bool {
        left.contains(RuleConditions.anyArea) || right.contains(RuleConditions.anyArea) || meet(left, right)
    }

    private static func assetsMeet(_ left: RuleAsset, _ right: RuleAsset) -> Bool {
        meet(left.ids, right.ids) && meet(left.owners, right.owners) && meet(left.operators, right.operators)
            && meet(left.classes, right.classes) && meet(left.components, right.components)
            && meet(left.operated, right.operated) { $0 == $1 }
    }

    private static func meet<Value>(_ left: Value?, _ right: Value?, _ overlaps: (Value, Value) -> Bool) -> Bool {
        guard let left, let right else { return true }
        return overlaps(left, right)
    }

    private static func meet(_ left: RuleSpeed?, _ right: RuleSpeed?) -> Bool {
        meet(left, right) { max($0.from ?? .min, $1.from ?? .min) <= min($0.to ?? .max, $1.to ?? .max) }
    }

    private static func daysMeet(_ left: RuleConditions, _ right: RuleConditions) -> Bool {
        if let end = left.validUntil, let start = right.validFrom, end < start { return false }
        if let end = right.validUntil, let start = left.validFrom, end < start { return false }
        return true
    }
}
