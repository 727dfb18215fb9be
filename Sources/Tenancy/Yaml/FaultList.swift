/// The faults found while a folder is read, gathered so that all are shown at once.
///
/// A class because every part of one reading adds to the same list; it lives as long as that reading and never leaves its task.
final class FaultList {
    /// Faults beyond this number are counted, not kept: a file of the wrong kind would fill the screen.
    static let limit = 2_000

    private var found: Set<FileFault> = []

    /// Number of faults that were not kept.
    private(set) var dropped = 0

    init() {}

    /// Whether nothing was found.
    var isEmpty: Bool { found.isEmpty }

    /// All faults, by file and line, each once.
    var sorted: [FileFault] {
        var list = found.sorted()
        if dropped > 0, let last = list.last {
            list.append(FileFault(file: last.file, message: "and \(dropped) more faults"))
        }
        return list
    }

    /// Notes a fault.
    func add(_ fault: FileFault) {
        if found.count < Self.limit {
            found.insert(fault)
        } else {
            dropped += 1
        }
    }

    /// Notes a fault at a place of a file.
    func add(_ file: String, _ mark: YamlMark, _ message: String) {
        add(FileFault(file: file, line: mark.line, column: mark.column, message: message))
    }

    /// Number of faults noted so far; to see whether a step added any.
    var count: Int { found.count + dropped }
}
