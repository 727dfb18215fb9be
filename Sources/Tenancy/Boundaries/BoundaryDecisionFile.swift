public import Domain

/// The region's file of decisions on gaps and overlaps, `geo/decisions.yml`, read with the place of every fault.
public struct BoundaryDecisionFile: Sendable {
    /// The decisions, in the order of the file.
    public let decisions: [BoundaryDecision]

    /// Everything wrong; nothing of the file may be applied unless this is empty.
    public let faults: [FileFault]

    /// Reads a file; never throws, because whatever is wrong is a fault with its place.
    public static func load(_ path: String) -> BoundaryDecisionFile {
        let faults = FaultList()
        let node = YamlFile(name: path, faults: faults).read(path: path)
        let decisions = node.flatMap { BoundaryDecisionsReader(faults: faults).read($0) } ?? []
        return BoundaryDecisionFile(decisions: decisions, faults: faults.sorted)
    }
}

/// Reads the list `decisions`.
struct BoundaryDecisionsReader {
    /// What may stand behind `decision`.
    private enum Word: String, CaseIterable {
        case priority, split, leave
    }

    let faults: FaultList

    func read(_ node: YamlNode) -> [BoundaryDecision]? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let decisions = map.required("decisions") == nil ? [] : map.list("decisions").compactMap(decision)
        map.finish()
        return decisions
    }

    private func decision(_ node: YamlNode) -> BoundaryDecision? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let layer = map.requiredChecked("layer", as: LayerName.self)
        let matter = map.requiredChoice("kind", as: BoundaryDecision.Matter.self, called: "kind of finding")
        let areas = map.required("areas") == nil ? [] : areaIDs(map)
        if map.has("areas"), areas.isEmpty { map.fault("areas", "\"areas\" needs at least one id of an area") }
        let near = map.value("near").flatMap { place($0, called: "\"near\"") }
        let tolerance = map.decimal("within_metres") ?? BoundaryDecision.usualTolerance
        if !(1...10_000).contains(tolerance) { map.fault("within_metres", "\"within_metres\" must be from 1 to 10000") }
        let word = map.requiredChoice("decision", as: Word.self, called: "decision")
        let verdict = word.flatMap { self.verdict($0, of: map, areas: areas) }
        let reason = map.requiredText("reason", atMost: 600)
        let decidedBy = map.requiredText("decided_by", atMost: 200)
        let decidedOn = map.required("decided_on").flatMap { map.day($0, called: "\"decided_on\"") }
        map.finish()
        guard let layer, let matter, !areas.isEmpty, let verdict, let reason, let decidedBy, let decidedOn else {
            return nil
        }
        return BoundaryDecision(
            layer: layer,
            matter: matter,
            areas: areas,
            near: near,
            withinMetres: tolerance,
            verdict: verdict,
            reason: reason,
            decidedBy: decidedBy,
            decidedOn: decidedOn
        )
    }

    private func areaIDs(_ map: YamlMapping) -> [AreaID] {
        map.list("areas").compactMap { map.checked($0, called: "an entry of \"areas\"", as: AreaID.self) }
    }

    private func verdict(_ word: Word, of map: YamlMapping, areas: [AreaID]) -> BoundaryDecision.Verdict? {
        switch word {
        case .leave: return .leave
        case .priority:
            return one(of: areas, "owner", map).map(BoundaryDecision.Verdict.priority)
        case .split:
            guard let node = map.required("line") else { return nil }
            if case .scalar("middle", _) = node.content { return .split(.middle) }
            let line = map.list("line").compactMap { place($0, called: "a vertex of \"line\"") }
            guard line.count >= 2 else {
                map.fault("line", "\"line\" is middle, or a list of two vertices or more, each [latitude, longitude]")
                return nil
            }
            guard let left = one(of: areas, "left", map), let right = one(of: areas, "right", map) else { return nil }
            return .split(.line(line, left: left, right: right))
        }
    }

    private func one(of areas: [AreaID], _ key: String, _ map: YamlMapping) -> AreaID? {
        guard let id = map.requiredChecked(key, as: AreaID.self) else { return nil }
        guard areas.contains(id) else {
            map.fault(key, "\"\(key)\" is \(id), which is none of \"areas\"")
            return nil
        }
        return id
    }

    /// A place written `[44.2197, -78.8]`: latitude first, as people say it.
    private func place(_ node: YamlNode, called name: String) -> Coordinate? {
        let form = "\(name) must be [latitude, longitude] in degrees, such as [44.2197, -78.8]"
        guard case .sequence(let numbers) = node.content, numbers.count == 2,
            case .scalar(let latitude, _) = numbers[0].content, case .scalar(let longitude, _) = numbers[1].content
        else {
            faults.add(node.file, node.mark, "\(form), is \(node.kind)")
            return nil
        }
        do {
            return try Coordinate(latitudeText: latitude, longitudeText: longitude)
        } catch {
            faults.add(node.file, node.mark, "\(form): \(error)")
            return nil
        }
    }
}
