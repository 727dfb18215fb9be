/// Where in a file a feature stands.
struct FeatureOrigin: Sendable, Hashable {
    /// Number of the feature in the file, from 1.
    let number: Int

    /// Line where it starts, from 1.
    let line: Int
}
