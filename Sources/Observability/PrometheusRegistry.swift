public import CoreMetrics
import Synchronization

/// Keeps what the service counts and writes it as Prometheus text (exposition format 0.0.4).
///
/// Names come dotted (`hub.requests`) and are written with underscores; dimensions become labels. Values are kept in one
/// locked dictionary: a count costs well under a microsecond, and nothing here outlives the process.
public final class PrometheusRegistry: MetricsFactory {
    struct Key: Hashable, Sendable {
        let name: String
        let labels: [Label]
    }

    struct Label: Hashable, Sendable, Comparable {
        let name: String
        let value: String

        static func < (left: Label, right: Label) -> Bool { left.name < right.name }
    }

    enum Value: Sendable {
        case counter(Double)
        case gauge(Double)
        case histogram(Histogram)
    }

    private let values = Mutex<[Key: Value]>([:])

    /// An empty registry.
    public init() {}

    /// Makes a counter, for swift-metrics.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        PrometheusCounter(registry: self, key: Self.key(label, dimensions))
    }

    /// Makes a counter of fractions, for swift-metrics.
    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        PrometheusCounter(registry: self, key: Self.key(label, dimensions))
    }

    /// Makes a gauge, or a histogram when `aggregate` is true.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        PrometheusRecorder(registry: self, key: Self.key(label, dimensions), aggregate: aggregate)
    }

    /// Makes a meter, a gauge that can be moved.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        PrometheusRecorder(registry: self, key: Self.key(label, dimensions), aggregate: false)
    }

    /// Makes a timer: a histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        PrometheusTimer(registry: self, key: Self.key(label + ".seconds", dimensions))
    }

    /// Does nothing: what was counted stays until the process ends.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Does nothing, as for counters.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    /// Does nothing, as for counters.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Does nothing, as for counters.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Does nothing, as for counters.
    public func destroyTimer(_ handler: any TimerHandler) {}

    /// Changes one value; a key seen first begins from `start`.
    func change(_ key: Key, from start: Value, _ body: (inout Value) -> Void) {
        values.withLock { body(&$0[key, default: start]) }
    }

    /// Everything kept, as Prometheus text, in a stable order.
    public func text() -> String {
        let kept = values.withLock { $0 }
        let families = Dictionary(grouping: kept, by: \.key.name)
        var text = ""
        for name in families.keys.sorted() {
            let members = (families[name] ?? []).sorted { Self.labels($0.key.labels) < Self.labels($1.key.labels) }
            for (position, member) in members.enumerated() {
                switch member.value {
                case .counter(let value):
                    if position == 0 { text += "# TYPE \(name) counter\n" }
                    text += "\(name)\(Self.labels(member.key.labels)) \(Self.number(value))\n"
                case .gauge(let value):
                    if position == 0 { text += "# TYPE \(name) gauge\n" }
                    text += "\(name)\(Self.labels(member.key.labels)) \(Self.number(value))\n"
                case .histogram(let histogram):
                    if position == 0 { text += "# TYPE \(name) histogram\n" }
                    text += histogram.lines(name: name, labels: member.key.labels)
                }
            }
        }
        return text
    }

    static func key(_ label: String, _ dimensions: [(String, String)]) -> Key {
        let name = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return Key(name: name, labels: dimensions.map { Label(name: $0.0, value: $0.1) }.sorted())
    }

    static func labels(_ labels: [Label]) -> String {
        guard !labels.isEmpty else { return "" }
        let parts = labels.map { label in
            let value = label.value
                .replacing("\\", with: "\\\\")
                .replacing("\"", with: "\\\"")
                .replacing("\n", with: "\\n")
            return "\(label.name)=\"\(value)\""
        }
        return "{\(parts.joined(separator: ","))}"
    }

    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
