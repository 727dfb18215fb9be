import Foundation
import Testing

@testable import Transports

@Suite("Retry-After")
struct RetryAfterTests {
    private let now = Date(timeIntervalSince1970: 784_111_777)  // Sun, 06 Nov 1994 08:49:37 GMT

    @Test(
        "is seconds or a date, held to a day; anything else means nothing",
        arguments: [
            ("0", 0), ("3600", 3600), (" 5 ", 5), ("100000", 86_400), ("Sun, 06 Nov 1994 08:50:37 GMT", 60),
            ("Sun, 06 Nov 1994 08:00:00 GMT", 0), ("Tue, 06 Nov 2094 08:50:37 GMT", 86_400), ("", nil), ("-1", nil),
            ("1.5", nil), ("soon", nil), ("Sun, 31 Feb 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 25:49:37 GMT", nil),
            ("Sunday, 06-Nov-94 08:49:37 GMT", nil), (String(repeating: "9", count: 1000), nil),
        ] as [(String, Double?)]
    )
    func seconds(header: String, expected: Double?) {
        #expect(RetryAfter.seconds(of: header, now: now) == expected)
    }
}
