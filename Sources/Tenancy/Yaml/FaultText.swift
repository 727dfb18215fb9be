import Domain

/// Words of a file as faults quote them.
enum FaultText {
    /// The start of a text without line breaks or hidden characters.
    static func shown(_ text: String) -> String {
        FieldFault.excerpt(text, limit: 60)
    }

    /// What to say of a word that is not in a closed list.
    ///
    /// `"brick" is no kind of question; did you mean string?`
    static func unknown(_ text: String, _ what: String, among known: [String]) -> String {
        "\"\(shown(text))\" is no \(what)\(NearMiss.hint(text, among: known))"
    }
}
