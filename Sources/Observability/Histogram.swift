/// Counts of values below fixed bounds, their sum and their number.
struct Histogram: Sendable {
    /// Upper bounds in seconds, from a look-up in memory to a request that has gone wrong.
    static let bounds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private var counts = [UInt64](repeating: 0, count: Self.bounds.count)
    private var sum = 0.0
    private var number: UInt64 = 0

    /// Adds one value.
    mutating func add(_ value: Double) {
        if let place = Self.bounds.firstIndex(where: { value <= $0 }) { counts[place] += 1 }
        sum += value
        number += 1
    }

    /// The lines of this histogram as Prometheus writes one: cumulative buckets, sum and count.
    func lines(name: String, labels: [PrometheusRegistry.Label]) -> String {
        var text = ""
        var below: UInt64 = 0
        for (bound, count) in zip(Self.bounds, counts) {
            below += count
            let named = labels + [PrometheusRegistry.Label(name: "le", value: PrometheusRegistry.number(bound))]
            text += "\(name)_bucket\(PrometheusRegistry.labels(named)) \(below)\n"
        }
        let all = labels + [PrometheusRegistry.Label(name: "le", value: "+Inf")]
        text += "\(name)_bucket\(PrometheusRegistry.labels(all)) \(number)\n"
        text += "\(name)_sum\(PrometheusRegistry.labels(labels)) \(PrometheusRegistry.number(sum))\n"
        text += "\(name)_count\(PrometheusRegistry.labels(labels)) \(number)\n"
        return text
    }
}
