/// Walks two JSON values side by side and notes where they differ.
///
/// Lists whose members have a code, a key or a name are matched by it, so that one question added in front does not change all behind it.
struct JSONComparison {
    private(set) var found: [TenantDifference] = []

    /// Compares two values.
    mutating func compare(_ before: JSONValue, _ after: JSONValue, subject: String) {
        walk(before, after, subject, "")
    }

    /// Compares two sets of named values; one that only one side has is one line.
    mutating func compareNamed(
        _ before: [String: JSONValue],
        _ after: [String: JSONValue],
        subject: (String) -> String
    ) {
        for name in Set(before.keys).union(after.keys).sorted() {
            switch (before[name], after[name]) {
            case (let old?, let new?):
                walk(old, new, subject(name), "")
            case (let old?, nil):
                note(.removed, subject(name), "", Self.title(old), nil)
            case (nil, let new):
                note(.added, subject(name), "", nil, new.flatMap(Self.title))
            }
        }
    }

    private mutating func walk(_ before: JSONValue, _ after: JSONValue, _ subject: String, _ path: String) {
        guard before != after else { return }
        switch (before, after) {
        case (.object(let old), .object(let new)) where !Self.isOneValue(before) || !Self.isOneValue(after):
            for key in Set(old.keys).union(new.keys).sorted() {
                let place = path.isEmpty ? key : "\(path).\(key)"
                step(old[key], new[key], subject, place)
            }
        case (.list(let old), .list(let new)):
            guard let oldNames = Self.names(old), let newNames = Self.names(new) else {
                note(.changed, subject, path, before.shown, after.shown)
                return
            }
            walkLists(old, oldNames, new, newNames, subject, path)
        default:
            note(.changed, subject, path, Self.shown(before), Self.shown(after))
        }
    }

    private mutating func step(_ old: JSONValue?, _ new: JSONValue?, _ subject: String, _ place: String) {
        switch (old, new) {
        case (let old?, let new?): walk(old, new, subject, place)
        case (let old?, nil): note(.removed, subject, place, Self.shown(old), nil)
        case (nil, let new?): note(.added, subject, place, nil, Self.shown(new))
        case (nil, nil): break
        }
    }

    private mutating func walkLists(
        _ old: [JSONValue],
        _ oldNames: [String],
        _ new: [JSONValue],
        _ newNames: [String],
        _ subject: String,
        _ path: String
    ) {
        let before = Dictionary(zip(oldNames, old)) { first, _ in first }
        let after = Dictionary(zip(newNames, new)) { first, _ in first }
        for name in oldNames where after[name] == nil {
            note(.removed, subject, "\(path)[\(name)]", before[name].flatMap(Self.title), nil)
        }
        for name in newNames {
            if let was = before[name], let now = after[name] {
                walk(was, now, subject, "\(path)[\(name)]")
            } else {
                note(.added, subject, "\(path)[\(name)]", nil, after[name].flatMap(Self.title))
            }
        }
        let kept = oldNames.filter { after[$0] != nil }
        let keptNow = newNames.filter { before[$0] != nil }
        if kept != keptNow {
            note(.changed, subject, "order of \(path)", kept.joined(separator: ", "), keptNow.joined(separator: ", "))
        }
    }

    private mutating func note(
        _ kind: TenantDifference.Kind,
        _ subject: String,
        _ path: String,
        _ before: String?,
        _ after: String?
    ) {
        found.append(TenantDifference(kind: kind, subject: subject, path: path, before: before, after: after))
    }

    /// What tells the members of a list apart; nil when they have nothing of the kind, or have it twice.
    private static func names(_ list: [JSONValue]) -> [String]? {
        let names = list.compactMap { $0["code"]?.asText ?? $0["key"]?.asText ?? $0["name"]?["en"]?.asText }
        return names.count == list.count && Set(names).count == names.count ? names : nil
    }

    /// The name a person knows it by.
    private static func title(_ value: JSONValue) -> String? {
        for key in ["service_name", "name", "question"] {
            if let text = value[key]?["en"]?.asText { return text }
        }
        return value["endpoint"]?.asText
    }

    /// Whether an object is one value to a person: an amount with its unit.
    private static func isOneValue(_ value: JSONValue) -> Bool {
        guard case .object(let members) = value else { return false }
        return Set(members.keys) == ["amount", "unit"]
    }

    private static func shown(_ value: JSONValue) -> String {
        guard isOneValue(value), let amount = value["amount"], let unit = value["unit"]?.asText else {
            return value.shown
        }
        return "\(amount.shown) \(unit)"
    }
}
