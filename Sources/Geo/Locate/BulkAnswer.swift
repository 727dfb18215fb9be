public import Domain

/// The areas of many places, flat: the answer of place `n` is the slice between two marks.
public struct BulkAnswer: Sendable {
    private var ends: [Int] = []
    private var members: [UInt32] = []

    /// How many places were asked.
    public var count: Int { ends.count }

    /// Areas found over all places.
    public var hits: Int { members.count }

    /// Positions in ``BoundaryIndex/areas`` of what covers one of the places, rising.
    public subscript(place: Int) -> ArraySlice<UInt32> { members[(place == 0 ? 0 : ends[place - 1])..<ends[place]] }

    fileprivate init(_ places: [Coordinate], in index: BoundaryIndex) {
        ends.reserveCapacity(places.count)
        members.reserveCapacity(places.count)
        var found: [UInt32] = []
        for place in places {
            index.find(place, into: &found)
            members.append(contentsOf: found)
            ends.append(members.count)
        }
    }
}

extension BoundaryIndex {
    /// Every area that covers each of many places.
    public func locate(_ places: [Coordinate]) -> BulkAnswer { BulkAnswer(places, in: self) }
}
