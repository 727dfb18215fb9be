/// Reads the keys of one mapping, each by the kind of value it must have, and notes every fault with its place.
///
/// The keys asked for are the keys there are: what is left when ``finish()`` is called is unknown, and gets the closest known one suggested.
/// So ask for every key before leaving early.
///
/// ```swift
/// guard let map = YamlMapping(node, in: file, faults) else { return nil }
/// let code = map.checked("service_code", as: ServiceCode.self)
/// let required = map.flag("required", default: false)
/// map.finish()
/// guard let code else { return nil }
/// ```
final class YamlMapping {
    /// The file as faults name it.
    let file: String

    /// Where the mapping begins.
    let mark: YamlMark

    /// Where faults go.
    let faults: FaultList

    private let entries: [String: YamlNode.Entry]
    private let order: [YamlNode.Entry]
    private var known: Set<String> = []

    /// Takes a node that must be a mapping; nil, with a fault, when it is none.
    init?(_ node: YamlNode, in file: String, _ faults: FaultList) {
        self.file = file
        self.faults = faults
        mark = node.mark
        guard case .mapping(let order) = node.content else {
            faults.add(node.file, node.mark, "must be keys and values, is \(node.kind)")
            return nil
        }
        self.order = order
        entries = Dictionary(order.map { ($0.key, $0) }) { first, _ in first }
    }

    /// The entry of a key, which is known from now on; nil when it is absent.
    func entry(_ key: String) -> YamlNode.Entry? {
        known.insert(key)
        return entries[key]
    }

    /// The value of a key; nil when the key is absent.
    ///
    /// A key without value is a fault.
    func value(_ key: String) -> YamlNode? {
        guard let entry = entry(key) else { return nil }
        guard !entry.value.isEmpty else {
            faults.add(entry.value.file, entry.mark, "\"\(key)\" has no value; give one or leave the key out")
            return nil
        }
        return entry.value
    }

    /// The value of a key that must be there; nil, with a fault, when it is not.
    func required(_ key: String) -> YamlNode? {
        if entry(key) == nil {
            addMissing(key)
        }
        return value(key)
    }

    /// Whether a key was written.
    func has(_ key: String) -> Bool {
        entry(key) != nil
    }

    /// Keys that were written, in the order of the file.
    var writtenKeys: [String] { order.map(\.key) }

    /// All entries, in the order of the file; for mappings whose keys are data.
    ///
    /// Makes every key known.
    func allEntries() -> [YamlNode.Entry] {
        known.formUnion(entries.keys)
        return order
    }

    /// Notes a fault at a key, or at the mapping when the key is absent.
    func fault(_ key: String, _ message: String) {
        guard let value = entries[key]?.value else {
            faults.add(file, mark, message)
            return
        }
        faults.add(value.file, value.mark, message)
    }

    /// Notes a fault at a place of this file.
    func fault(at place: YamlMark, _ message: String) {
        faults.add(file, place, message)
    }

    /// Notes that a required key is absent, suggesting a written one that nobody asked for.
    private func addMissing(_ key: String) {
        faults.add(file, mark, "the key \"\(key)\" is missing")
    }

    /// Notes every key that was written but never asked for.
    func finish() {
        for entry in order where !known.contains(entry.key) {
            let absent = known.filter { entries[$0] == nil }
            // What is missing is likelier meant than what is written already.
            let near = NearMiss.of(entry.key, among: absent) ?? NearMiss.of(entry.key, among: known)
            let hint = near.map { "; did you mean \($0)?" } ?? NearMiss.hint(entry.key, among: known)
            faults.add(entry.value.file, entry.mark, "unknown key \"\(FaultText.shown(entry.key))\"\(hint)")
        }
    }
}
