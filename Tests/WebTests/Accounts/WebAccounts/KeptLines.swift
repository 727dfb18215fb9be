import Logging
import Synchronization

/// Keeps what is logged, for tests that read it.
final class KeptLines: Sendable {
    private let kept = Mutex<[String]>([])

    /// Every line so far, its particulars with it.
    var lines: [String] { kept.withLock { $0 } }

    /// A log that writes here, everything from the finest level on.
    var logger: Logger {
        Logger(label: "kept") { _ in Handler(lines: self) }
    }

    private struct Handler: LogHandler {
        let lines: KeptLines
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
            lines.kept.withLock { $0.append("\(event.level) \(event.message) \(all)") }
        }
    }
}
