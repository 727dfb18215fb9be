import Domain

/// What the import of the files found that belongs into the check: borders that crossed themselves, ids used twice, features refused.
struct ImportFindings {
    private(set) var all: [BoundaryFinding] = []

    init(_ reports: [ImportReport], features: [BoundaryFeature]) {
        var areas: [LayerName: [AreaID: BoundaryFeature]] = [:]
        for feature in features { areas[feature.layer, default: [:]][feature.id] = feature }
        for repair in reports.flatMap(\.repairs) {
            guard let area = areas[repair.layer]?[repair.id], let box = area.geometry.box else { continue }
            let change = abs(repair.squareMetresAfter - repair.squareMetresBefore)
            all.append(
                BoundaryFinding(
                    kind: .selfCrossing,
                    severity: change < 1 ? .noise : .ask,
                    layer: repair.layer,
                    owners: [area],
                    ground: GroundPieces(at: repair.place ?? box.centre, squareMetres: change),
                    remark: "mended on import: \(repair.reason)"
                )
            )
        }
        // The import keeps a second area of one id as `id~2`, so that no place is lost before somebody has settled it.
        for feature in features {
            let parts = feature.id.rawValue.split(separator: "~", omittingEmptySubsequences: false)
            guard parts.count == 2, Int(parts[1]) != nil,
                let first = areas[feature.layer]?[AreaID(trusted: String(parts[0]))], let box = feature.geometry.box
            else { continue }
            all.append(
                BoundaryFinding(
                    kind: .duplicateID,
                    severity: .blocks,
                    layer: feature.layer,
                    owners: [first, feature],
                    ground: GroundPieces(at: box.centre, squareMetres: feature.geometry.squareMetres),
                    remark: "two areas of different shape have the id \(parts[0])"
                )
            )
        }
    }
}
