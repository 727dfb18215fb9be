/// Where a tenant stands in the region.
public enum Tier: String, Sendable, Hashable, Codable, CaseIterable {
    /// The regional agency that runs this hub; its catalogue is the list of public types. Exactly one tenant has it.
    case hub
    /// A region or county.
    case upper
    /// A town, township or city inside a region or county.
    case lower
    /// A municipality that answers for everything municipal by itself.
    case single
}
