import Domain
import Foundation

/// Reads the rules files: each a version with its first day, rows of rules and rows of bodies also told.
struct RulesReader {
    /// One version as its files give it.
    private struct Version {
        let name: String
        let validFrom: CalendarDay
        let timeZone: String
        let place: String
        var rules: [ResponsibilityRule] = []
        var alsoTold: [AlsoToldRule] = []
        var rows: [String: String] = [:]
    }

    private let faults: FaultList
    private let names: AgreementNames
    private var versions: [Version] = []

    init(faults: FaultList, names: AgreementNames) {
        self.faults = faults
        self.names = names
    }

    /// Reads one file into its version.
    mutating func read(_ node: YamlNode, fileName: String) {
        guard let map = YamlMapping(node, in: node.file, faults) else { return }
        let name = map.requiredText("version", atMost: 40)
        let validFrom = map.required("valid_from").flatMap { map.day($0, called: "\"valid_from\"") }
        let timeZone = map.requiredText("time_zone", atMost: 60)
        if let timeZone, TimeZone(identifier: timeZone) == nil || !timeZone.contains("/") {
            let shown = FaultText.shown(timeZone)
            map.fault("time_zone", "\"\(shown)\" is no time zone; write it as America/Toronto")
        }
        let rowReader = RuleRowReader(faults: faults, names: names, fileName: fileName)
        _ = map.required("rules")
        let rules = map.list("rules").compactMap { rowReader.rule($0) }
        let alsoTold = map.list("also_told").compactMap { rowReader.alsoTold($0) }
        map.finish()
        guard let name, let validFrom, let timeZone else { return }
        var version = take(name, validFrom, timeZone, map)
        for rule in rules {
            note(rule.id, rule.row ?? "", node.file, in: &version)
        }
        for rule in alsoTold {
            note(rule.id, rule.row ?? "", node.file, in: &version)
        }
        version.rules += rules
        version.alsoTold += alsoTold
        versions.removeAll { $0.name == name }
        versions.append(version)
    }

    /// The version a file belongs to; files that name the same one must agree on its first day and zone.
    private func take(_ name: String, _ validFrom: CalendarDay, _ timeZone: String, _ map: YamlMapping) -> Version {
        guard let known = versions.first(where: { $0.name == name }) else {
            if let other = versions.first(where: { $0.validFrom == validFrom }) {
                map.fault("valid_from", "version \(other.name) of \(other.place) begins on \(validFrom) too")
            }
            return Version(name: name, validFrom: validFrom, timeZone: timeZone, place: map.file)
        }
        if known.validFrom != validFrom {
            map.fault("valid_from", "version \(name) begins on \(known.validFrom) in \(known.place)")
        }
        if known.timeZone != timeZone {
            map.fault("time_zone", "version \(name) has the time zone \(known.timeZone) in \(known.place)")
        }
        return known
    }

    private func note(_ id: String, _ row: String, _ file: String, in version: inout Version) {
        if let first = version.rows[id] {
            let line = row.split(separator: ":").last.flatMap { Int($0) } ?? 0
            faults.add(FileFault(file: file, line: line, message: "the row \(id) is already at \(first)"))
        } else {
            version.rows[id] = row
        }
    }

    /// Notes every stretch of a road agreement whose id is that of a row of the rules.
    func refuse(rowsOf agreements: [RoadAgreement], in file: String) {
        for stretch in agreements.flatMap(\.stretches) {
            guard let first = versions.lazy.compactMap({ $0.rows[stretch.id] }).first else { continue }
            let line = stretch.row?.split(separator: ":").last.flatMap { Int($0) } ?? 0
            faults.add(FileFault(file: file, line: line, message: "the row \(stretch.id) is already at \(first)"))
        }
    }

    /// All versions with the taxonomy, the partners and the agreements about roads, by first day.
    func ruleSets(
        taxonomy: Taxonomy?,
        partners: [Partner],
        locationServices: LocationServices?,
        roadAgreements: [RoadAgreement]
    ) -> [RuleSet] {
        versions.sorted { $0.validFrom < $1.validFrom }.map { version in
            RuleSet(
                version: version.name,
                validFrom: version.validFrom,
                timeZone: version.timeZone,
                parts: taxonomy?.parts ?? [],
                rules: version.rules,
                alsoTold: version.alsoTold,
                partners: partners,
                shortNames: taxonomy?.shortNames ?? [:],
                locationServices: locationServices,
                roadAgreements: roadAgreements
            )
        }
    }
}
