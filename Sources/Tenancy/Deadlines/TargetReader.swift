import Domain

/// Values that several keys of `deadlines.yml` and `services.yml` share.
enum TargetReader {
    /// A time with its unit in the key: `complete_within_business_days: 4`; at most one of them.
    static func target(_ prefix: String, in map: YamlMapping) -> SLATarget? {
        var found: (key: String, target: SLATarget)?
        for unit in SLATarget.Unit.allCases {
            let key = prefix + unit.rawValue
            guard map.has(key), let amount = map.decimal(key) else { continue }
            if let found {
                map.fault(key, "\"\(key)\" and \"\(found.key)\" exclude each other; keep one")
                continue
            }
            do {
                found = (key, try SLATarget(amount: amount, unit))
            } catch {
                map.fault(key, "\"\(key)\": \(error)")
            }
        }
        return found?.target
    }

    /// Priorities, one or a list; empty when the key is absent.
    static func priorities(_ key: String, in map: YamlMapping) -> [Priority] {
        map.list(key, orOne: true).compactMap { node in
            map.choice(node, called: "a priority", as: Priority.self, what: "priority")
        }
    }

    /// Parts of service, one or a list, families included.
    static func parts(_ key: String, in map: YamlMapping) -> [PartPattern] {
        map.list(key, orOne: true).compactMap { node in
            map.checked(node, called: "an entry of \"\(key)\"", as: PartPattern.self)
        }
    }

    /// Classes of road, 1 to 6.
    static func roadClasses(_ key: String, in map: YamlMapping) -> [Int] {
        map.texts(key, orOne: true, atMost: 10).compactMap { text, mark in
            guard let number = Int(text), (1...6).contains(number) else {
                map.fault(at: mark, "\"\(FaultText.shown(text))\" is no class of road; 1 to 6 are")
                return nil
            }
            return number
        }
    }

    /// Departments of the tenant, one or a list.
    static func departments(_ key: String, in map: YamlMapping, of tenant: Tenant) -> [DepartmentCode] {
        map.list(key, orOne: true).compactMap { node in
            guard let code = map.checked(node, called: "an entry of \"\(key)\"", as: DepartmentCode.self) else {
                return nil
            }
            guard tenant.department(code) != nil else {
                let known = tenant.departments.map(\.code.rawValue)
                map.faults.add(
                    node.file,
                    node.mark,
                    FaultText.unknown(code.rawValue, "department of this tenant", among: known)
                )
                return nil
            }
            return code
        }
    }

    /// `{ from: "11-01", to: "04-15" }`.
    static func season(_ key: String, in map: YamlMapping) -> SeasonWindow? {
        guard let entry = map.mapping(key) else { return nil }
        let from = monthDay(entry, "from")
        let to = monthDay(entry, "to")
        entry.finish()
        guard let from, let to else { return nil }
        return SeasonWindow(from: from, to: to)
    }

    private static func monthDay(_ map: YamlMapping, _ key: String) -> MonthDay? {
        guard let text = map.requiredText(key, atMost: 20) else { return nil }
        guard let day = MonthDay(text) else {
            map.fault(key, "\"\(FaultText.shown(text))\" is no day of a year; write it as \"11-01\"")
            return nil
        }
        return day
    }
}
