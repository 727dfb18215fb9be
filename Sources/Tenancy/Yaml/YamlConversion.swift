import Yams

/// Turns the parser's nodes into ours, refusing what files of the hub may not contain.
struct YamlConversion {
    /// Most values of one file.
    static let mostNodes = 200_000

    private let file: String
    private let faults: FaultList
    private var count = 0
    private var shared: Set<YamlMark> = []

    init(file: String, faults: FaultList) {
        self.file = file
        self.faults = faults
    }

    /// The node with its children; nil for one that is refused.
    mutating func node(_ node: Yams.Node, depth: Int) -> YamlNode? {
        let mark = Self.mark(node)
        count += 1
        guard count <= Self.mostNodes else {
            if count == Self.mostNodes + 1 {
                faults.add(file, mark, "has more than \(Self.mostNodes) values")
            }
            return nil
        }
        guard depth <= YamlFile.deepest else {
            faults.add(file, mark, "is nested deeper than \(YamlFile.deepest) levels")
            return nil
        }
        if node.anchor != nil {
            // An alias is the anchored value once more, with the anchor's place.
            if shared.insert(mark).inserted {
                faults.add(file, mark, "has an anchor (&); anchors and aliases are not allowed, write the value out")
            }
            return nil
        }
        switch node {
        case .scalar(let scalar):
            let isQuoted = scalar.style != .plain && scalar.style != .any
            return YamlNode(file: file, mark: mark, content: .scalar(scalar.string, isQuoted: isQuoted))
        case .sequence(let sequence):
            return YamlNode(
                file: file,
                mark: mark,
                content: .sequence(sequence.compactMap { self.node($0, depth: depth + 1) })
            )
        case .mapping(let mapping):
            var entries: [YamlNode.Entry] = []
            for (key, value) in mapping {
                guard let entry = entry(key, value, depth: depth) else { continue }
                entries.append(entry)
            }
            return YamlNode(file: file, mark: mark, content: .mapping(entries))
        case .alias:
            faults.add(file, mark, "is an alias; anchors and aliases are not allowed, write the value out")
            return nil
        }
    }

    private mutating func entry(_ key: Yams.Node, _ value: Yams.Node, depth: Int) -> YamlNode.Entry? {
        let mark = Self.mark(key)
        guard case .scalar(let scalar) = key, key.anchor == nil else {
            faults.add(file, mark, "a key must be a plain text")
            return nil
        }
        guard let value = node(value, depth: depth + 1), !scalar.string.hasPrefix(YamlSource.takenOut) else {
            return nil
        }
        return YamlNode.Entry(key: scalar.string, mark: mark, value: value)
    }

    private static func mark(_ node: Yams.Node) -> YamlMark {
        YamlMark(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }
}
