/// Finds what somebody probably meant.
enum NearMiss {
    /// The closest of the known words, when it is close enough to be a slip: a letter or two, another case, a hyphen for an underscore.
    static func of(_ word: String, among known: some Sequence<String>) -> String? {
        let folded = fold(word)
        var best: (word: String, distance: Int)?
        for candidate in known where candidate != word {
            let distance = distance(folded, fold(candidate))
            let limit = max(1, (min(folded.count, candidate.utf8.count) + 1) / 3)
            guard distance <= limit else { continue }
            if let found = best, (found.distance, found.word) <= (distance, candidate) { continue }
            best = (candidate, distance)
        }
        return best?.word
    }

    /// A sentence to put behind a fault: `; did you mean service_code?`, or what there is when nothing is close.
    static func hint(_ word: String, among known: some Collection<String>) -> String {
        if let near = of(word, among: known) {
            return "; did you mean \(near)?"
        }
        guard !known.isEmpty, known.count <= 24 else { return "" }
        return "; known are \(known.sorted().joined(separator: ", "))"
    }

    private static func fold(_ word: String) -> [UInt8] {
        // Long words are cut: the distance costs the product of the lengths.
        word.utf8.prefix(64).map { byte in
            switch byte {
            case 65...90: byte + 32
            case 45, 32: 95
            default: byte
            }
        }
    }

    /// Insertions, deletions, changes and swaps of neighbours that turn one word into the other (optimal string alignment).
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row] + [Int](repeating: 0, count: right.count)
            for column in 1...right.count {
                let isSame = left[row - 1] == right[column - 1]
                var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current[column] = cost
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
