/// The distinct names of streets, found exactly, by their beginning, with slips, and by pieces.
///
/// Two structures beside the sorted names: for one slip, each name under the hash of every form with one letter left out (complete:
/// a slip of any kind leaves such a form in common); for two slips and for pieces, the names under each run of three letters.
struct NameIndex: Sendable {
    /// Bytes of all names, one after the other.
    let bytes: [UInt8]
    /// For each name where it begins; one more than names.
    let starts: [UInt32]
    /// Hashes of shortened forms, rising.
    let formHashes: [UInt32]
    /// The name of each of them.
    let formNames: [UInt32]
    /// For each run of three where its names begin; one more than runs.
    let gramStarts: [UInt32]
    /// Names by run, rising within one.
    let gramNames: [UInt32]

    static let gramCount = 37 * 37 * 37

    var count: Int { starts.count - 1 }

    func length(_ name: Int) -> Int { Int(starts[name + 1] - starts[name]) }

    func withName<Result>(_ name: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[Int(starts[name])..<Int(starts[name + 1])]))
        }
    }

    /// Positions of the names that begin with some bytes.
    func range(ofPrefix prefix: [UInt8]) -> Range<Int> {
        func bound(_ isBelow: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int {
            var (low, high) = (0, count)
            while low < high {
                let middle = (low + high) / 2
                if withName(middle, isBelow) { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let first = bound { $0.lexicographicallyPrecedes(prefix) }
        let end = bound { $0.lexicographicallyPrecedes(prefix) || $0.starts(with: prefix) }
        return first..<max(first, end)
    }

    /// Position of a name; nil when there is none.
    func position(of name: [UInt8]) -> Int? {
        let range = range(ofPrefix: name)
        // The shortest with a prefix comes first.
        guard !range.isEmpty, length(range.lowerBound) == name.count else { return nil }
        return range.lowerBound
    }

    /// Names within some slips of a word, the word itself left out; digits must be the same ones.
    func near(_ word: [UInt8], limit: Int) -> [(name: Int, edits: Int)] {
        guard word.count >= 3, limit > 0 else { return [] }
        var seen: Set<UInt32> = []
        var found: [(name: Int, edits: Int)] = []
        let digits = word.filter(Self.isDigit)
        func check(_ name: UInt32, _ limit: Int) {
            guard seen.insert(name).inserted else { return }
            withName(Int(name)) { bytes in
                let edits = word.withUnsafeBufferPointer { EditDistance.of($0, bytes, limit: limit) }
                guard edits > 0, edits <= limit, bytes.filter(Self.isDigit) == digits else { return }
                found.append((Int(name), edits))
            }
        }
        Self.forms(of: word) { hash in
            var position = Self.firstIndex(in: formHashes, notBelow: hash)
            while position < formHashes.count, formHashes[position] == hash {
                check(formNames[position], limit)
                position += 1
            }
        }
        guard limit > 1 else { return found }
        // Two slips spoil at most six runs of three.
        let runs = Self.grams(of: word, isWhole: true)
        for name in sharing(runs, atLeast: max(runs.count - 6, 2), most: 400) { check(name, limit) }
        return found
    }

    /// Names that share many runs of three with a word, whether or not it is complete.
    func containing(_ word: [UInt8], most: Int) -> [Int] {
        let runs = Self.grams(of: word, isWhole: false)
        guard !runs.isEmpty else { return [] }
        return sharing(runs, atLeast: max(runs.count - 3, (runs.count + 1) / 2), most: most).map(Int.init)
    }

    /// Names by how many of the runs they have, at least so many; the rarest runs decide who is looked at.
    private func sharing(_ runs: [Int], atLeast least: Int, most: Int) -> [UInt32] {
        guard !runs.isEmpty else { return [] }
        var counts = [UInt8](repeating: 0, count: count)
        var touched: [UInt32] = []
        for run in runs {
            for position in Int(gramStarts[run])..<Int(gramStarts[run + 1]) {
                let name = gramNames[position]
                if counts[Int(name)] == 0 { touched.append(name) }
                if counts[Int(name)] < 255 { counts[Int(name)] += 1 }
            }
        }
        let good = touched.filter { Int(counts[Int($0)]) >= least }
        guard good.count > most else { return good }
        return Array(good.sorted { (counts[Int($0)], $1) > (counts[Int($1)], $0) }.prefix(most))
    }

    // MARK: Hashes

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func firstIndex(in values: [UInt32], notBelow value: UInt32) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Hashes of a word and of each form with one letter left out; the same on every machine.
    static func forms(of word: [UInt8], _ body: (UInt32) -> Void) {
        func hash(without gap: Int) -> UInt32 {
            // FNV-1a
            var hash: UInt32 = 2_166_136_261
            for (index, byte) in word.enumerated() where index != gap { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
            return hash
        }
        body(hash(without: -1))
        for gap in word.indices where gap == 0 || word[gap] != word[gap - 1] { body(hash(without: gap)) }
    }

    /// Numbers of the runs of three letters, the word's beginning (and its end, when it is whole) counting as a letter.
    static func grams(of word: [UInt8], isWhole: Bool) -> [Int] {
        let codes = [0] + word.map(code) + (isWhole ? [0] : [])
        guard codes.count >= 3 else { return [] }
        var runs: [Int] = []
        for index in 0...codes.count - 3 {
            let run = (codes[index] * 37 + codes[index + 1]) * 37 + codes[index + 2]
            if !runs.contains(run) { runs.append(run) }
        }
        return runs
    }

    private static func code(_ byte: UInt8) -> Int {
        switch byte {
        case 0x61...0x7A: Int(byte) - 0x60
        case 0x30...0x39: Int(byte) - 0x30 + 27
        default: 0
        }
    }
}

extension NameIndex {
    /// Builds the index of names that are sorted and distinct.
    init(sorted names: [[UInt8]]) {
        var bytes: [UInt8] = []
        var starts: [UInt32] = [0]
        var forms: [UInt64] = []
        var gramCounts = [UInt32](repeating: 0, count: Self.gramCount + 1)
        for (position, name) in names.enumerated() {
            bytes += name
            starts.append(UInt32(bytes.count))
            Self.forms(of: name) { forms.append(UInt64($0) << 32 | UInt64(position)) }
            for run in Self.grams(of: name, isWhole: true) { gramCounts[run + 1] += 1 }
        }
        forms.sort()
        for run in 0..<Self.gramCount { gramCounts[run + 1] += gramCounts[run] }
        var next = gramCounts
        var gramNames = [UInt32](repeating: 0, count: Int(gramCounts[Self.gramCount]))
        for (position, name) in names.enumerated() {
            for run in Self.grams(of: name, isWhole: true) {
                gramNames[Int(next[run])] = UInt32(position)
                next[run] += 1
            }
        }
        self.init(
            bytes: bytes,
            starts: starts,
            formHashes: forms.map { UInt32($0 >> 32) },
            formNames: forms.map { UInt32(truncatingIfNeeded: $0) },
            gramStarts: gramCounts,
            gramNames: gramNames
        )
    }
}
