import Domain

/// Holds the service parts of all catalogues against the agreement's taxonomy: a part nobody has agreed on would have no lead.
struct PartChecks {
    /// Path of the agreement's taxonomy.
    let taxonomy: String

    let faults: FaultList

    /// Notes parts that the taxonomy does not know; nothing when there is no taxonomy, or none that can be read (which its own reader says).
    func check(_ readings: [TenantReading]) {
        let silent = FaultList()
        guard let root = YamlFile(name: taxonomy, faults: silent).read(path: taxonomy),
            case .sequence(let rows)? = root.child("parts")?.content
        else { return }
        let known = Set(rows.compactMap { $0.child("part")?.scalar })
        guard !known.isEmpty else { return }
        for entry in readings.flatMap(\.entries) {
            guard let service = entry.service else { continue }
            note(service.part, known, at: entry.node.child("service_part"))
            for told in service.alsoTold {
                note(told.part, known, at: entry.node.child("also_tell"))
            }
        }
    }

    private func note(_ part: ServicePart, _ known: Set<String>, at node: YamlNode?) {
        guard let node, !known.contains(part.rawValue) else { return }
        let near = NearMiss.of(part.rawValue, among: known).map { "; did you mean \($0)?" } ?? ""
        faults.add(
            node.file,
            node.mark,
            "the service part \(part) is not in the agreement's taxonomy (\(taxonomy))\(near)"
        )
    }
}
