public import Domain

/// Comes before anything else in every channel: words or a type that mean danger bring an instruction, never a transfer and never a block.
///
/// It lives in the program, so no tenant's file can switch it off or shorten it; a type's own emergency text and a file's words are only
/// ever added. The caller shows the advice and logs ``EmergencyAdvice/matched`` with "shown" or "ignored", never the person's text.
public enum EmergencyGuard {
    /// How the person reaches us, which changes the first instruction.
    public enum Channel: Sendable, Hashable {
        /// A call: the operator reads it out.
        case spoken
        /// A form, a message, an interface: nobody reads it at once.
        case written
    }

    /// Longest text that is looked at, in characters; more than any form takes.
    static let limit = 20_000

    /// What to say first; nil when neither words nor type mean danger.
    ///
    /// - Parameters:
    ///   - text: everything the person wrote or said, both languages at once, however spelled.
    ///   - service: the type picked, with its own emergency text.
    ///   - answers: answers to the type's questions; one that names a wire is danger too.
    ///   - channel: spoken or written.
    ///   - distributor: who to call about a wire at this place, with article; general words when unknown.
    ///   - added: further phrases from files, words in order; they only add.
    public static func advice(
        for text: String,
        service: Service? = nil,
        answers: Answers = Answers(),
        channel: Channel = .written,
        distributor: LocalizedText? = nil,
        added: [String] = []
    ) -> EmergencyAdvice? {
        var dangers: [Danger] = []
        var matched: [String] = []
        for hit in EmergencyWords.standard.hits(in: EmergencyWords.tokens(of: head(of: text)), added: added) {
            dangers.append(hit.danger)
            matched.append(hit.name)
        }
        var own: LocalizedText?
        if let service {
            if answers.values.values.joined().contains(where: namesWire) {
                dangers.append(.wire)
                matched.append("answer:wire")
            }
            own = service.advice911
            if own != nil || EmergencyTypes.always.contains(service.publicType.rawValue) {
                matched.append("service:\(service.code)")
            }
        }
        guard !matched.isEmpty else { return nil }
        return EmergencyAdvice(
            texts: texts(dangers, own: own, channel: channel, distributor: distributor),
            matched: matched.withoutRepeats
        )
    }

    /// What is looked at; a text of no more bytes than that is all of it.
    private static func head(of text: String) -> String {
        text.utf8.count <= limit ? text : String(text.prefix(limit))
    }

    /// The special instruction of each danger once, then the general one, then the type's own text.
    private static func texts(
        _ dangers: [Danger],
        own: LocalizedText?,
        channel: Channel,
        distributor: LocalizedText?
    ) -> [LocalizedText] {
        var texts = Danger.allCases.filter(dangers.contains).compactMap { $0.text(distributor: distributor) }
        // A type alone asks "is anyone in danger?"; words alone already sound like it.
        let sounds = channel == .written && !dangers.isEmpty
        texts.append(sounds ? EmergencyTexts.soundsLike : EmergencyTexts.isAnyoneInDanger)
        if let own, !texts.contains(own) { texts.append(own) }
        return texts
    }

    private static func namesWire(_ key: String) -> Bool {
        key.split(whereSeparator: { !$0.isLetter }).contains { $0 == "wire" || $0 == "wires" }
    }
}
