import CoreMetrics
import Testing

@testable import Observability

@Suite("Prometheus text")
struct PrometheusRegistryTests {
    @Test("writes counters, gauges and histograms with their labels, in a stable order")
    func text() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "hub.requests", dimensions: [("tenant", "b"), ("channel", "web")]).increment(by: 2)
        registry.makeCounter(label: "hub.requests", dimensions: [("tenant", "a"), ("channel", "web")]).increment(by: 1)
        registry.makeRecorder(label: "hub.outbox.depth", dimensions: [("state", "new")], aggregate: false).record(
            Int64(7)
        )
        registry.makeTimer(label: "hub.post", dimensions: []).recordNanoseconds(3_000_000)
        let lines = registry.text().split(separator: "\n").map(String.init)
        #expect(lines[0] == "# TYPE hub_outbox_depth gauge")
        #expect(lines[1] == "hub_outbox_depth{state=\"new\"} 7")
        #expect(lines[2] == "# TYPE hub_post_seconds histogram")
        #expect(lines.contains("hub_post_seconds_bucket{le=\"0.0025\"} 0"))
        #expect(lines.contains("hub_post_seconds_bucket{le=\"0.005\"} 1"))
        #expect(lines.contains("hub_post_seconds_bucket{le=\"+Inf\"} 1"))
        #expect(lines.contains("hub_post_seconds_count 1"))
        let counters = lines.filter { $0.hasPrefix("hub_requests{") }
        #expect(
            counters == [
                "hub_requests{channel=\"web\",tenant=\"a\"} 1", "hub_requests{channel=\"web\",tenant=\"b\"} 2",
            ]
        )
    }

    @Test("keeps a label's quotes and line breaks from forging a line")
    func labelsAreEscaped() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "hub.x", dimensions: [("name", "a\"} 1\nforged 2\\")]).increment(by: 1)
        #expect(registry.text() == "# TYPE hub_x counter\nhub_x{name=\"a\\\"} 1\\nforged 2\\\\\"} 1\n")
    }
}
