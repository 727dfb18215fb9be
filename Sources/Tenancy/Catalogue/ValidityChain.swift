import Domain

/// Turns the dated entries of a catalogue into services that never overlap.
///
/// An entry without `valid_until` ends on the day before the next one of the same code begins. Two entries that begin on one day, or one that
/// says it goes on past the beginning of the next, are faults.
struct ValidityChain {
    let faults: FaultList

    /// The services of entries that have no fault, in the entries' order.
    func services(_ entries: [CatalogueEntry]) -> [Service] {
        var versions: [ServiceCode: [(entry: CatalogueEntry, service: Service)]] = [:]
        var order: [ServiceCode] = []
        for entry in entries {
            guard let service = entry.service else { continue }
            if versions[entry.code] == nil { order.append(entry.code) }
            versions[entry.code, default: []].append((entry, service))
        }
        return order.flatMap { chain(versions[$0] ?? []) }
    }

    private func chain(_ versions: [(entry: CatalogueEntry, service: Service)]) -> [Service] {
        guard versions.count > 1 else { return versions.map(\.service) }
        let sorted = versions.sorted { $0.service.validFrom < $1.service.validFrom }
        var chained: [Service] = []
        for (index, version) in sorted.enumerated() {
            guard index + 1 < sorted.count else {
                chained.append(version.service)
                continue
            }
            let next = sorted[index + 1]
            let begin = next.service.validFrom
            let code = version.service.code
            if begin == version.service.validFrom {
                add(next.entry, "two entries of \(code) begin on \(begin); the other is \(place(version.entry))")
            } else if let until = version.service.validUntil, until >= begin {
                add(
                    version.entry,
                    "this entry of \(code) is valid until \(until), the next one from \(begin) (\(place(next.entry)))"
                )
            }
            chained.append(version.service.ending(version.service.validUntil ?? begin.adding(days: -1)))
        }
        return chained
    }

    private func add(_ entry: CatalogueEntry, _ message: String) {
        let node = entry.node.child("valid_until") ?? entry.node.child("valid_from") ?? entry.codeNode
        faults.add(node.file, node.mark, message)
    }

    private func place(_ entry: CatalogueEntry) -> String {
        let node = entry.node.child("valid_from") ?? entry.codeNode
        return "\(node.file):\(node.mark.line)"
    }
}
