import Domain

/// Reads what was agreed with a system outside beyond where it is: `fields`, `statuses`, `may_set`, `inbound` and their like.
struct ConnectorTermsReader {
    /// The terms; what is left out is as suits the kind.
    func read(_ map: YamlMapping, kind: ForwardingTarget.Kind) -> ConnectorTerms {
        let inbound = inbound(map)
        let terms = ConnectorTerms(
            fields: fields(map, kind),
            statuses: statuses(map),
            maySet: maySet(map),
            notesArePublic: map.flag("notes_public", default: kind == .open311),
            tells: map.choice("tells", default: kind == .open311 ? .nothing : .essential, called: "kind of telling"),
            order: map.choice("order", default: .request, called: "order"),
            whenUncertain: map.choice(
                "when_uncertain",
                default: kind == .email ? .resend : .askOperator,
                called: "way with what may have arrived"
            ),
            pollOverlapMinutes: map.integer("poll_overlap_minutes", in: 1...1_440, default: 5),
            inbound: inbound,
            replyTo: kind == .email ? replyTo(map) : nil,
            fileFormat: kind == .file
                ? map.choice("file_format", default: ConnectorTerms.FileFormat.csv, called: "form of files") : .csv
        )
        if kind == .email, terms.replyTo == nil, inbound != nil {
            map.fault("inbound", "answers need a mailbox to come to: give reply_to")
        }
        return terms
    }

    /// Our fields and their names there; every name once.
    private func fields(_ map: YamlMapping, _ kind: ForwardingTarget.Kind) -> [ConnectorTerms.NamedField] {
        guard kind == .webhook || kind == .file, let written = map.mapping("fields") else { return [] }
        var fields: [ConnectorTerms.NamedField] = []
        for entry in written.allEntries() {
            guard let field = ConnectorField(rawValue: entry.key) else {
                let known = ConnectorField.allCases.map(\.rawValue)
                written.fault(at: entry.mark, FaultText.unknown(entry.key, "field of a request", among: known))
                continue
            }
            guard let name = written.requiredText(entry.key, atMost: 60) else { continue }
            if fields.contains(where: { $0.name == name }) {
                written.fault(entry.key, "the name \"\(FaultText.shown(name))\" is used twice")
            }
            fields.append(ConnectorTerms.NamedField(field, as: name))
        }
        if !fields.isEmpty, !fields.contains(where: { $0.field == .reference }) {
            map.fault("fields", "\"reference\" is missing: without it nobody can tell which request is meant")
        }
        return fields
    }

    private func statuses(_ map: YamlMapping) -> [String: ExtendedStatus] {
        guard let written = map.mapping("statuses") else { return [:] }
        var statuses: [String: ExtendedStatus] = [:]
        for entry in written.allEntries() {
            let status = written.choice(entry.key, as: ExtendedStatus.self, called: "extended status")
            let word = StatusWords.folded(entry.key)
            guard !word.isEmpty else {
                written.fault(at: entry.mark, "\"\(FaultText.shown(entry.key))\" has no letter or digit")
                continue
            }
            if let other = statuses[word], other != status {
                written.fault(
                    at: entry.mark,
                    "\"\(FaultText.shown(entry.key))\" is listed twice; case and accents do not count"
                )
            }
            statuses[word] = status
        }
        return statuses
    }

    /// A closed list: what is not in it, no file can grant.
    private func maySet(_ map: YamlMapping) -> [ConnectorTerms.Settable] {
        guard map.has("may_set") else { return ConnectorTerms.Settable.allCases }
        let known = ConnectorTerms.Settable.allCases
        let named = map.texts("may_set", orOne: true, atMost: 40).compactMap { word, mark -> ConnectorTerms.Settable? in
            if let settable = ConnectorTerms.Settable(rawValue: word) { return settable }
            let what = "thing a system outside may set (never priority, place, requester or time)"
            map.fault(at: mark, FaultText.unknown(word, what, among: known.map(\.rawValue)))
            return nil
        }
        return known.filter(named.contains)
    }

    private func inbound(_ map: YamlMapping) -> ConnectorTerms.Inbound? {
        guard let written = map.mapping("inbound") else { return nil }
        let variable = written.text("key_variable", atMost: 80).flatMap { name -> String? in
            guard EnvironmentName.isWellFormed(name) else {
                written.fault("key_variable", EnvironmentName.fault)
                return nil
            }
            return name
        }
        for secret in ["key", "secret", "token"] where written.has(secret) {
            written.fault(secret, "a secret never stands in a file; name its environment variable in key_variable")
        }
        let readsFolder = written.flag("folder", default: false)
        var fields: [String: String] = [:]
        if let names = written.mapping("fields") {
            for entry in names.allEntries() {
                let known = ConnectorTerms.Inbound.fieldNames
                guard known.contains(entry.key) else {
                    names.fault(at: entry.mark, FaultText.unknown(entry.key, "field of a message", among: known))
                    continue
                }
                fields[entry.key] = names.requiredText(entry.key, atMost: 60)
            }
        }
        written.finish()
        if variable == nil, !readsFolder, !written.has("key_variable") {
            map.fault("inbound", "names no way in: give key_variable, folder: true, or both")
        }
        return ConnectorTerms.Inbound(keyVariable: variable, readsFolder: readsFolder, fields: fields)
    }

    /// The mailbox for answers; its local part leaves room for the key of a request.
    private func replyTo(_ map: YamlMapping) -> String? {
        guard let text = map.text("reply_to", atMost: 254), let address = ContactForms.email(text, "reply_to", in: map)
        else { return nil }
        let local = address.prefix { $0 != "@" }
        guard local.utf8.count <= 20, !local.contains("+") else {
            map.fault(
                "reply_to",
                "the part before the @ has at most 20 characters and no plus: the key of each request is put there"
            )
            return nil
        }
        return address
    }
}

/// Names of environment variables.
enum EnvironmentName {
    /// Whether a text is such a name: capital letters, digits and underscores, a letter first.
    static func isWellFormed(_ name: String) -> Bool {
        let bytes = name.utf8
        return bytes.count >= 3 && bytes.first.map { (65...90).contains($0) } ?? false
            && bytes.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 95 }
    }

    /// What to say of one that is none.
    static let fault = "must be the name of an environment variable, such as HUB_KEY_WORKS"
}
