import CoreMetrics

/// A counter of one name and one set of labels.
final class PrometheusCounter: CounterHandler, FloatingPointCounterHandler {
    private let registry: PrometheusRegistry
    private let key: PrometheusRegistry.Key

    init(registry: PrometheusRegistry, key: PrometheusRegistry.Key) {
        self.registry = registry
        self.key = key
    }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        registry.change(key, from: .counter(0)) { value in
            guard case .counter(let now) = value else { return }
            value = .counter(now + amount)
        }
    }

    func reset() { registry.change(key, from: .counter(0)) { $0 = .counter(0) } }
}

/// A gauge, or a histogram of recorded values.
final class PrometheusRecorder: RecorderHandler, MeterHandler {
    private let registry: PrometheusRegistry
    private let key: PrometheusRegistry.Key
    private let aggregate: Bool

    init(registry: PrometheusRegistry, key: PrometheusRegistry.Key, aggregate: Bool) {
        self.registry = registry
        self.key = key
        self.aggregate = aggregate
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard aggregate else { return set(value) }
        registry.change(key, from: .histogram(Histogram())) { kept in
            guard case .histogram(var histogram) = kept else { return }
            histogram.add(value)
            kept = .histogram(histogram)
        }
    }

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { registry.change(key, from: .gauge(value)) { $0 = .gauge(value) } }

    func increment(by amount: Double) { move(by: amount) }

    func decrement(by amount: Double) { move(by: -amount) }

    private func move(by amount: Double) {
        registry.change(key, from: .gauge(0)) { value in
            guard case .gauge(let now) = value else { return }
            value = .gauge(now + amount)
        }
    }
}

/// A histogram of durations.
final class PrometheusTimer: TimerHandler {
    private let registry: PrometheusRegistry
    private let key: PrometheusRegistry.Key

    init(registry: PrometheusRegistry, key: PrometheusRegistry.Key) {
        self.registry = registry
        self.key = key
    }

    func recordNanoseconds(_ duration: Int64) {
        registry.change(key, from: .histogram(Histogram())) { kept in
            guard case .histogram(var histogram) = kept else { return }
            histogram.add(Double(duration) / 1e9)
            kept = .histogram(histogram)
        }
    }
}
