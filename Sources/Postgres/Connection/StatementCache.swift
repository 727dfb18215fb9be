/// Statements this connection has prepared, by text; the one not used for longest makes way.
struct StatementCache {
    /// A statement without its values: what the server prepares.
    typealias Key = SQL.Shape

    /// Most statements kept; some 50 kB of server memory each at worst.
    static let capacity = 256

    private var entries: [Key: (name: String, lastUse: UInt64)] = [:]
    private var clock: UInt64 = 0
    private var lastNumber = 0

    /// Names the server still holds but nothing here refers to any more.
    private(set) var discarded: [String] = []

    /// The name under which the statement is prepared.
    mutating func name(of key: Key) -> String? {
        guard let place = entries.index(forKey: key) else { return nil }
        clock += 1
        entries.values[place].lastUse = clock
        return entries.values[place].name
    }

    /// A name nobody has had.
    mutating func freshName() -> String {
        lastNumber += 1
        return "s\(lastNumber)"
    }

    /// Keeps a statement the server has accepted.
    mutating func keep(_ key: Key, as name: String) {
        clock += 1
        entries[key] = (name, clock)
        guard entries.count > Self.capacity else { return }
        if let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            discard(oldest.key)
        }
    }

    /// Forgets a statement, so that it is prepared anew; its old name is closed later.
    mutating func discard(_ key: Key) {
        if let entry = entries.removeValue(forKey: key) { discarded.append(entry.name) }
    }

    /// Takes the names to be closed now.
    mutating func takeDiscarded() -> [String] {
        defer { discarded = [] }
        return discarded
    }
}
