import Domain

/// Values of one kind; every function notes a fault and gives nil when the value is of another kind.
extension YamlMapping {
    /// Text on one line or several, blanks at both ends cut; nil when the key is absent.
    func text(_ key: String, atMost limit: Int = 4_000) -> String? {
        value(key).flatMap { text($0, called: "\"\(key)\"", atMost: limit) }
    }

    /// Text of a key that must be there.
    func requiredText(_ key: String, atMost limit: Int = 4_000) -> String? {
        required(key).flatMap { text($0, called: "\"\(key)\"", atMost: limit) }
    }

    /// A node as text.
    func text(_ node: YamlNode, called name: String, atMost limit: Int = 4_000) -> String? {
        guard case .scalar(let raw, _) = node.content else {
            faults.add(node.file, node.mark, "\(name) must be a text, is \(node.kind)")
            return nil
        }
        let text = raw.trimmingBlanks()
        guard !text.isEmpty, !node.isEmpty else {
            faults.add(node.file, node.mark, "\(name) is empty")
            return nil
        }
        guard text.unicodeScalars.count <= limit else {
            faults.add(
                file,
                node.mark,
                "\(name) has \(text.unicodeScalars.count) characters; at most \(limit) are allowed"
            )
            return nil
        }
        return text
    }

    /// A code or id with a form; nil when the key is absent.
    func checked<Value: CheckedText>(_ key: String, as type: Value.Type) -> Value? {
        value(key).flatMap { checked($0, called: "\"\(key)\"", as: type) }
    }

    /// A code or id of a key that must be there.
    func requiredChecked<Value: CheckedText>(_ key: String, as type: Value.Type) -> Value? {
        required(key).flatMap { checked($0, called: "\"\(key)\"", as: type) }
    }

    /// A node as a code or id.
    func checked<Value: CheckedText>(_ node: YamlNode, called name: String, as type: Value.Type) -> Value? {
        guard let text = text(node, called: name) else { return nil }
        do {
            return try Value(text)
        } catch {
            let shown = FaultText.shown(text)
            faults.add(node.file, node.mark, "\(name) is \"\(shown)\"; must be \(Value.form.english)")
            return nil
        }
    }

    /// One word of a closed list; the default when the key is absent.
    func choice<Value>(_ key: String, default value: Value, called what: String) -> Value
    where Value: RawRepresentable<String> & CaseIterable {
        guard has(key) else { return value }
        return choice(key, as: Value.self, called: what) ?? value
    }

    /// One word of a closed list; nil when the key is absent.
    func choice<Value>(_ key: String, as type: Value.Type, called what: String) -> Value?
    where Value: RawRepresentable<String> & CaseIterable {
        value(key).flatMap { choice($0, called: "\"\(key)\"", as: type, what: what) }
    }

    /// One word of a closed list, of a key that must be there.
    func requiredChoice<Value>(_ key: String, as type: Value.Type, called what: String) -> Value?
    where Value: RawRepresentable<String> & CaseIterable {
        required(key).flatMap { choice($0, called: "\"\(key)\"", as: type, what: what) }
    }

    /// A node as one word of a closed list.
    func choice<Value>(_ node: YamlNode, called name: String, as type: Value.Type, what: String) -> Value?
    where Value: RawRepresentable<String> & CaseIterable {
        guard let text = text(node, called: name) else { return nil }
        guard let value = Value(rawValue: text) else {
            faults.add(node.file, node.mark, FaultText.unknown(text, what, among: Value.allCases.map(\.rawValue)))
            return nil
        }
        return value
    }

    /// `true` or `false`, nothing else; the default when the key is absent.
    func flag(_ key: String, default value: Bool) -> Bool {
        flag(key) ?? value
    }

    /// `true` or `false`, nothing else; nil when the key is absent.
    func flag(_ key: String) -> Bool? {
        guard let node = value(key) else { return nil }
        switch node.content {
        case .scalar("true", isQuoted: false): return true
        case .scalar("false", isQuoted: false): return false
        case .scalar(let text, _):
            faults.add(node.file, node.mark, "\"\(key)\" is \"\(FaultText.shown(text))\"; must be true or false")
        default:
            faults.add(node.file, node.mark, "\"\(key)\" must be true or false, is \(node.kind)")
        }
        return nil
    }

    /// A whole number within a range; the default when the key is absent.
    func integer(_ key: String, in range: ClosedRange<Int>, default value: Int) -> Int {
        integer(key, in: range) ?? value
    }

    /// A whole number within a range; nil when the key is absent.
    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = value(key), let text = text(node, called: "\"\(key)\"") else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : Substring(text)
        let isPlain = !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) }
        guard isPlain, let number = Int(text) else {
            faults.add(node.file, node.mark, "\"\(key)\" is \"\(FaultText.shown(text))\"; must be a whole number")
            return nil
        }
        guard range.contains(number) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            faults.add(node.file, node.mark, "\"\(key)\" is \(number); must be from \(bounds)")
            return nil
        }
        return number
    }

    /// A number that may have a fraction; nil when the key is absent.
    func decimal(_ key: String) -> Double? {
        guard let node = value(key), let text = text(node, called: "\"\(key)\"", atMost: 20) else { return nil }
        guard let number = PlainDecimal.read(text) else {
            faults.add(
                file,
                node.mark,
                "\"\(key)\" is \"\(FaultText.shown(text))\"; must be a plain number such as 4 or 0.5"
            )
            return nil
        }
        return number
    }

    /// A day that exists, written `2026-04-01`; nil when the key is absent.
    func day(_ key: String) -> CalendarDay? {
        value(key).flatMap { day($0, called: "\"\(key)\"") }
    }

    /// A node as a day that exists.
    func day(_ node: YamlNode, called name: String) -> CalendarDay? {
        guard let text = text(node, called: name) else { return nil }
        do {
            return try CalendarDay(text)
        } catch {
            faults.add(node.file, node.mark, "\(name): \(error)")
            return nil
        }
    }

    /// A list, of which one value alone is a short form when `orOne` says so; empty when the key is absent.
    func list(_ key: String, orOne: Bool = false) -> [YamlNode] {
        guard let node = value(key) else { return [] }
        switch node.content {
        case .sequence(let nodes):
            return nodes
        case .scalar where orOne, .mapping where orOne:
            return [node]
        default:
            faults.add(node.file, node.mark, "\"\(key)\" must be a list, is \(node.kind)")
            return []
        }
    }

    /// A list of texts, each once; empty when the key is absent.
    func texts(_ key: String, orOne: Bool = false, atMost limit: Int = 200) -> [(text: String, mark: YamlMark)] {
        var found: [(text: String, mark: YamlMark)] = []
        for node in list(key, orOne: orOne) {
            guard let text = text(node, called: "an entry of \"\(key)\"", atMost: limit) else { continue }
            guard !found.contains(where: { $0.text == text }) else {
                faults.add(node.file, node.mark, "\"\(FaultText.shown(text))\" is listed twice in \"\(key)\"")
                continue
            }
            found.append((text, node.mark))
        }
        return found
    }

    /// Keys and values below a key; nil when the key is absent.
    func mapping(_ key: String) -> YamlMapping? {
        value(key).flatMap { YamlMapping($0, in: $0.file, faults) }
    }

    /// Keys and values below a key that must be there.
    func requiredMapping(_ key: String) -> YamlMapping? {
        required(key).flatMap { YamlMapping($0, in: $0.file, faults) }
    }

    /// A text in both languages, `{ en: …, fr: … }`; nil when the key is absent.
    func localized(_ key: String, atMost limit: Int = 4_000) -> LocalizedText? {
        value(key).flatMap { localized($0, called: "\"\(key)\"", atMost: limit) }
    }

    /// A text in both languages, of a key that must be there.
    func requiredLocalized(_ key: String, atMost limit: Int = 4_000) -> LocalizedText? {
        required(key).flatMap { localized($0, called: "\"\(key)\"", atMost: limit) }
    }

    /// A node as a text in both languages.
    func localized(_ node: YamlNode, called name: String, atMost limit: Int = 4_000) -> LocalizedText? {
        guard case .mapping = node.content else {
            faults.add(node.file, node.mark, "\(name) must be { en: …, fr: … }, is \(node.kind)")
            return nil
        }
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let english = map.requiredText("en", atMost: limit)
        let french = map.requiredText("fr", atMost: limit)
        map.finish()
        guard let english, let french else { return nil }
        return LocalizedText(english: english, french: french)
    }
}

extension String {
    /// Without blanks and line ends at both ends.
    func trimmingBlanks() -> String {
        var part = Substring(self)
        while let first = part.first, first.isWhitespace { part.removeFirst() }
        while let last = part.last, last.isWhitespace { part.removeLast() }
        return String(part)
    }
}
