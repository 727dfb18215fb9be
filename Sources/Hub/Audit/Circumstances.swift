/// For whom and from where something is done, for the history of what is done meanwhile.
///
/// Travels with the task and not through each operation: it decides nothing, it is only written down. A resident's network is never
/// written down; a member of staff's is.
public struct Circumstances: Sendable, Hashable {
    /// What is done now; nil: nothing is known of it.
    @TaskLocal public static var current: Circumstances?

    /// From where: a network, `cli`.
    public let origin: String?
    /// For whom, when that is another than the actor.
    public let onBehalfOf: String?

    /// Circumstances.
    public init(origin: String? = nil, onBehalfOf: String? = nil) {
        self.origin = origin
        self.onBehalfOf = onBehalfOf
    }
}
