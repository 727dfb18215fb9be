/// How many slips part two words: a letter wrong, missing, too many, or two neighbours swapped (optimal string alignment).
enum EditDistance {
    /// The distance, or `limit + 1` when it is greater than the limit.
    static func of(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, limit: Int) -> Int {
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        guard left.count <= 64, right.count <= 64 else { return left.elementsEqual(right) ? 0 : limit + 1 }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 3 * 66) { rows in
            var (before, last, now) = (0, 66, 132)
            for column in 0...right.count { rows[last + column] = UInt8(column) }
            for row in 1..<left.count + 1 {
                rows[now] = UInt8(row)
                var best = UInt8(row)
                for column in 1..<right.count + 1 {
                    let same = left[row - 1] == right[column - 1]
                    var cost = min(rows[last + column] + 1, rows[now + column - 1] + 1)
                    cost = min(cost, rows[last + column - 1] + (same ? 0 : 1))
                    if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                        cost = min(cost, rows[before + column - 2] + 1)
                    }
                    rows[now + column] = cost
                    best = min(best, cost)
                }
                if Int(best) > limit { return limit + 1 }
                (before, last, now) = (last, now, before)
            }
            return min(Int(rows[last + right.count]), limit + 1)
        }
    }
}
