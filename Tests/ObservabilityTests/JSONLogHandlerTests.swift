import Foundation
import Logging
import Testing

@testable import Observability

@Suite("The structured log")
struct JSONLogHandlerTests {
    @Test("is one JSON object a line, whatever stands in the message")
    func oneLine() throws {
        var handler = JSONLogHandler(label: "hub", clock: { Date(timeIntervalSince1970: 0) })
        handler.metadata["tenant"] = "bb"
        let line = handler.line(
            level: .warning,
            message: "a\r\n{\"level\":\"error\"}\u{1B}[31m\u{2028}é",
            extra: ["request_id": "r1"]
        )
        #expect(line.filter { $0 == "\n" }.count == 1)
        #expect(!line.contains("\u{1B}"))
        let read = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(read["message"] == "a\r\n{\"level\":\"error\"}\u{1B}[31m\u{2028}é")
        #expect(read["time"] == "1970-01-01T00:00:00.000Z")
        #expect(read["tenant"] == "bb")
        #expect(read["request_id"] == "r1")
        #expect(read["level"] == "warning")
    }
}
