/// Whether two words differ by few typing errors: a letter more, less or other, or two neighbours swapped.
enum EditDistance {
    /// True when at most `limit` such errors lie between the words (optimal string alignment distance).
    static func within(_ limit: Int, _ first: String, _ second: String) -> Bool {
        let a = Array(first)
        let b = Array(second)
        guard abs(a.count - b.count) <= limit else { return false }
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in 1...max(a.count, 1) where i <= a.count {
            var row = [i] + Array(repeating: 0, count: b.count)
            for j in 1...max(b.count, 1) where j <= b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], before[j - 2] + 1)
                }
            }
            if row.min() ?? 0 > limit { return false }
            before = last
            last = row
        }
        return last[b.count] <= limit
    }
}
