public import Foundation
public import Logging
import Synchronization

/// Writes one JSON object a line to standard error: time, level, logger, message, then the metadata by name.
///
/// Control characters are escaped by the JSON itself, so a message that carries a line break stays one line and nobody
/// can forge a second one. The service passes no personal data to its log: references, tenants and ids only.
public struct JSONLogHandler: LogHandler {
    /// Entries below this level are not written.
    public var logLevel: Logger.Level
    /// What each entry of this logger carries.
    public var metadata: Logger.Metadata = [:]

    private let label: String
    private let clock: @Sendable () -> Date

    /// A handler for one logger.
    public init(label: String, level: Logger.Level = .info, clock: @escaping @Sendable () -> Date) {
        self.label = label
        self.logLevel = level
        self.clock = clock
    }

    /// One piece of the handler's own metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one entry.
    public func log(event: LogEvent) {
        Self.output.withLock { _ in
            FileHandle.standardError.write(
                Data(line(level: event.level, message: event.message.description, extra: event.metadata).utf8)
            )
        }
    }

    /// The line of one entry, with its line break.
    func line(level: Logger.Level, message: String, extra: Logger.Metadata?) -> String {
        var text = "{\"time\":\(Self.quoted(clock().formatted(Self.time))),\"level\":\(Self.quoted(level.rawValue))"
        text += ",\"logger\":\(Self.quoted(label)),\"message\":\(Self.quoted(message))"
        let all = metadata.merging(extra ?? [:]) { $1 }
        for key in all.keys.sorted() {
            guard let value = all[key] else { continue }
            text += ",\(Self.quoted(key)):\(Self.quoted("\(value)"))"
        }
        return text + "}\n"
    }

    private static let output = Mutex<Bool>(true)

    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
                || scalar.value == 0x2029:
                quoted += String(format: "\\u%04x", scalar.value)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
