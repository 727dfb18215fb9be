/// The blanks that a message's text may hold, `{ref}`, and what fills them.
///
/// A paragraph with a blank that has no value is left out as a whole, so that no message says "Reason: ." or promises no date.
public enum MessageBlank: String, Sendable, Hashable, CaseIterable {
    /// Reference of the request.
    case reference = "ref"
    /// Its type, in words; none for confidential types.
    case type
    /// Its place, in words; none for confidential types.
    case place
    /// The body that has it, with article.
    case body
    /// The same at the beginning of a sentence.
    case bodyAtStart = "Body"
    /// The body after "to".
    case toBody = "to_body"
    /// The body after "of".
    case ofBody = "of_body"
    /// Name of the tenant that writes, without article.
    case sender
    /// Why this body is responsible, one sentence.
    case because
    /// What staff wrote for the requester.
    case note
    /// Day by which a person reads it.
    case reviewDate = "review_date"
    /// Day by which it is expected to be done.
    case dueDate = "due_date"
    /// How it ended, in words.
    case outcome
    /// Last day on which "not fixed" reopens it.
    case disputeDate = "dispute_date"
    /// Address of its page.
    case link
    /// Address of the two questions after the end; none where the tenant asks none.
    case survey

    /// Blanks that a subject may hold: nothing of the person, the place or the matter, which others may read over a shoulder.
    public static let inSubjects: Set<MessageBlank> = [.reference, .sender]

    /// Every blank a text holds, as written between its braces.
    public static func names(in text: String) -> [String] {
        var names: [String] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            names.append(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return names
    }
}
