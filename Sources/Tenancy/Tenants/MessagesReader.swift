import Domain

/// Reads `messages.yml`: what a tenant says to people in its own words.
struct MessagesReader {
    private static let longestSubject = 100
    private static let longestText = 4_000
    private static let longestSMS = 300

    /// Everything the file says.
    func read(_ map: YamlMapping) -> TenantMessages {
        let sender = map.localized("sender_name", atMost: Self.longestSubject)
        let replyTo = map.text("reply_to", atMost: 254).flatMap { ContactForms.email($0, "reply_to", in: map) }
        let signature = map.localized("signature", atMost: 500)
        let survey = map.flag("survey", default: true)
        var overrides: [MessageOverride] = []
        for node in map.list("messages") {
            guard let entry = YamlMapping(node, in: node.file, map.faults), let own = override(entry) else { continue }
            if overrides.contains(where: { $0.event == own.event }) {
                entry.fault("event", "the message \(own.event.rawValue) is written twice")
            }
            overrides.append(own)
        }
        map.finish()
        oneLine(sender, "sender_name", in: map)
        return TenantMessages(
            senderName: sender,
            replyTo: replyTo,
            signature: signature,
            survey: survey,
            overrides: overrides
        )
    }

    private func override(_ map: YamlMapping) -> MessageOverride? {
        let event = map.requiredChoice("event", as: TellingEvent.self, called: "moment of a request")
        let subject = map.localized("subject", atMost: Self.longestSubject)
        let text = map.localized("text", atMost: Self.longestText)
        let sms = map.localized("sms", atMost: Self.longestSMS)
        map.finish()
        check(subject, "subject", allowed: MessageBlank.inSubjects, in: map)
        check(text, "text", allowed: Set(MessageBlank.allCases), in: map)
        check(sms, "sms", allowed: Set(MessageBlank.allCases), in: map)
        oneLine(subject, "subject", in: map)
        oneLine(sms, "sms", in: map)
        guard let event else { return nil }
        if subject == nil, text == nil, sms == nil {
            map.fault(
                "event",
                "the message \(event.rawValue) has no words; write subject, text or sms, or leave it out"
            )
        }
        return MessageOverride(event: event, subject: subject, text: text, sms: sms)
    }

    /// Every blank must be one there is, allowed here, and in both languages.
    private func check(_ text: LocalizedText?, _ key: String, allowed: Set<MessageBlank>, in map: YamlMapping) {
        guard let text else { return }
        let english = Set(MessageBlank.names(in: text.english))
        let french = Set(MessageBlank.names(in: text.french))
        let names = allowed.map(\.rawValue).sorted()
        for name in english.union(french).sorted() {
            guard let blank = MessageBlank(rawValue: name) else {
                let hint = NearMiss.hint(name, among: names)
                map.fault(key, "\"\(key)\" has the unknown blank {\(FaultText.shown(name))}\(hint)")
                continue
            }
            if !allowed.contains(blank) {
                map.fault(
                    key,
                    "\"\(key)\" must not hold {\(name)}: others may read it; allowed are \(names.joined(separator: ", "))"
                )
            }
        }
        // French may say a body in another of its four forms.
        let forms: Set<String> = ["body", "Body", "to_body", "of_body"]
        let missing = english.symmetricDifference(french).subtracting(forms)
        for name in missing.sorted() where MessageBlank(rawValue: name) != nil {
            let language = english.contains(name) ? "French" : "English"
            map.fault(key, "\"\(key)\" has the blank {\(name)} in one language only; the \(language) text lacks it")
        }
    }

    private func oneLine(_ text: LocalizedText?, _ key: String, in map: YamlMapping) {
        guard let text, (text.english + text.french).contains(where: \.isNewline) else { return }
        map.fault(key, "\"\(key)\" must stand on one line")
    }
}
