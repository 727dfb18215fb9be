public import Geo
public import Routing

/// Holds the agreement in force against a map: every road and asset it names, its kilometres, every owner.
public struct CheckAgreementOnMap: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// What does not fit; nil when there is no agreement or no generation.
    public func callAsFunction(_ index: BoundaryIndex) -> [CompletenessFinding]? {
        guard index.generation != nil, let set = surroundings.agreement.routing.ruleSet(at: surroundings.second) else {
            return nil
        }
        return MapCheck(set, tenants: surroundings.directory.entries.map(\.id)).findings(on: index)
    }
}
