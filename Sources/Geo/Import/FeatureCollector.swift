import Domain

/// The values read so far, each with its id and where it came from; the last word on what lies where it can't be.
struct FeatureCollector<Key: Hashable, Value> {
    private struct Entry {
        let value: Value
        let id: String
        let layer: String
        let origin: FeatureOrigin
        let vertices: Int
    }

    private var entries: [Entry] = []
    private var known: [Key: Int] = [:]
    private var placement = PlacementCheck()

    /// The value that has a key already, and where it stands in the file.
    func first(_ key: Key) -> (value: Value, origin: FeatureOrigin)? {
        known[key].map { (entries[$0].value, entries[$0].origin) }
    }

    /// Keeps a value.
    ///
    /// - Parameters:
    ///   - key: What must be unique in the file.
    ///   - centre: A place that stands for it, by which it is compared with the rest of the file.
    ///   - layer: What it is counted as in the report.
    mutating func keep(
        _ value: Value,
        key: Key,
        id: String,
        centre: Coordinate,
        vertices: Int,
        layer: String,
        at origin: FeatureOrigin
    ) {
        known[key] = entries.count
        placement.add(centre)
        entries.append(Entry(value: value, id: id, layer: layer, origin: origin, vertices: vertices))
    }

    /// Refuses what lies where nothing else of the file does, and completes the report.
    mutating func finish(_ session: inout ImportSession) -> [Value] {
        var refused: Set<Int> = []
        for suspect in placement.suspects() {
            let entry = entries[suspect.position]
            refused.insert(suspect.position)
            session.note(
                .error,
                suspect.code,
                at: entry.origin,
                id: entry.id,
                suspect.fault,
                expected: suspect.expected
            )
        }
        if !session.coordinatesAreUsable { refused.formUnion(entries.indices) }
        let accepted = entries.indices.filter { !refused.contains($0) }.map { entries[$0] }
        session.report.accepted = accepted.count
        session.report.vertices = accepted.reduce(0) { $0 + $1.vertices }
        for entry in accepted { session.report.layers[entry.layer, default: 0] += 1 }
        return accepted.map(\.value)
    }
}
