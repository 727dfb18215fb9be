/// A property of a feature, as far as names and ids need it.
enum PropertyValue: Hashable {
    case text(String)
    /// Digits as written, so that an id `0012` or a long number keeps its spelling.
    case number(String)
    case truth(Bool)
    case list([String])
    case null

    /// The value as a text; nil for null, lists and empty texts.
    var text: String? {
        switch self {
        case .text(let text): text.isEmpty ? nil : text
        case .number(let digits): digits
        case .truth(let truth): String(truth)
        case .list, .null: nil
        }
    }
}
