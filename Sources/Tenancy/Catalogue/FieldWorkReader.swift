import Domain

/// Reads the key `work` of a type: when its requests are complete, and the crew's checklist.
struct FieldWorkReader {
    /// Most points of one checklist; more are not read on a phone in the rain.
    static let mostPoints = 20

    /// The key's value; nil when it is absent or, with a fault, of no use.
    func read(_ map: YamlMapping) -> FieldWork? {
        guard let work = map.mapping("work") else { return nil }
        let completion = work.choice("completion", default: FieldWork.Completion.byPerson, called: "rule of completion")
        let nodes = work.list("checklist")
        work.finish()
        var items: [Checklist.Item] = []
        for node in nodes {
            guard let entry = YamlMapping(node, in: node.file, map.faults), let item = item(entry) else { continue }
            if items.contains(where: { $0.code == item.code }) {
                entry.fault("code", "the point \(item.code) is listed twice")
                continue
            }
            items.append(item)
        }
        if items.count > Self.mostPoints {
            work.fault("checklist", "the checklist has \(items.count) points; at most \(Self.mostPoints) are allowed")
        }
        return FieldWork(completion: completion, checklist: Checklist(items))
    }

    private func item(_ map: YamlMapping) -> Checklist.Item? {
        let code = map.requiredText("code", atMost: 40)
        let kind = map.choice("kind", default: Checklist.Kind.tick, called: "kind of point")
        let text = map.requiredLocalized("text", atMost: 200)
        let unit = map.text("unit", atMost: 20)
        let isRequired = map.flag("required", default: false)
        map.finish()
        if let code, !QuestionReader.isWellFormed(code) {
            map.fault("code", "the code \"\(FaultText.shown(code))\" must be 1 to 32 of A-Z, 0-9 and _, a letter first")
            return nil
        }
        if unit != nil, kind != .number {
            map.fault("unit", "only a number has a unit")
        }
        guard let code, let text else { return nil }
        return Checklist.Item(code: code, kind: kind, text: text, unit: unit, isRequired: isRequired)
    }
}
