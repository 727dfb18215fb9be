/// A language the hub speaks to people in; raw values are the language tags used in URLs, YAML and JSON.
public enum Language: String, Sendable, Hashable, Codable, CaseIterable {
    /// English as used in Ontario.
    case english = "en"
    /// Canadian French.
    case french = "fr"
}
