import Domain
import Foundation
import Open311
import Testing

@Suite("Answers of outside servers")
struct OutsideAnswerTests {
    private func answer(_ text: String) throws -> OutsideAnswer { try OutsideAnswer(Array(text.utf8)) }

    @Test(
        "A12: receipts in every shape",
        arguments: [
            (
                #"[{"service_request_id":"1042","service_notice":null,"account_id":null}]"#,
                PostedRequestMessage.Receipt.id("1042")
            ),
            (#"[{"service_request_id":1042}]"#, .id("1042")),
            (#"[{"service_request_id":001}]"#, .id("001")),
            (#"{"service_request_id":"1042"}"#, .id("1042")),
            (#"{"service_requests":[{"service_request_id":"1042"}]}"#, .id("1042")),
            (#"{"service_requests":{"request":{"service_request_id":"1042"}}}"#, .id("1042")),
            ("\u{FEFF} [{\"service_request_id\":\" 1042 \"}]", .id("1042")),
            (#"[{"service_request_id":12345678901234567890}]"#, .id("12345678901234567890")),
            (#"[{"token":"f00d"}]"#, .token("f00d")),
            (#"[{"token":12}]"#, .token("12")),
            (#"[{"service_request_id":"","token":"f00d"}]"#, .token("f00d")),
            (#"[{"service_request_id":null,"token":null,"service_notice":"thanks"}]"#, .nothing),
            (
                "<?xml version='1.0'?><service_requests><request><service_request_id>1042</service_request_id>"
                    + "<service_notice/><account_id></account_id></request></service_requests>",
                .id("1042")
            ),
            (
                "<service_requests type='array'><request><token>f00d</token></request></service_requests>",
                .token("f00d")
            ),
            ("<request xmlns='urn:x'><service_request_id> 7\n</service_request_id></request>", .id("7")),
            ("<service_requests><request><service_notice>x</service_notice></request></service_requests>", .nothing),
        ]
    )
    func receipts(body: String, receipt: PostedRequestMessage.Receipt) throws {
        #expect(try answer(body).postedRequest().receipt == receipt)
    }

    @Test(
        "F9: what is no receipt never counts as one",
        arguments: [
            "", "   ", "OK", "<html><body>Welcome</body></html>", "<!DOCTYPE html><html></html>", "[]", "{}", "[[]]",
            "[1]",
            "<service_requests/>", #"{"status":"ok"}"#, "[{\"service_request_id\":\"1\"}", "null", "true", "[null]",
            "<service_requests><request/></service_requests>", "\u{0}", "[{\"service_request_id\":\"1\"}] x",
        ]
    )
    func noReceipts(body: String) {
        #expect(throws: OutsideAnswer.Fault.self) { try answer(body).postedRequest() }
    }

    @Test("A12: an errors body with status 200 is a report of errors")
    func errorsInsteadOfReceipt() {
        for body in [
            #"[{"code":400,"description":"no"}]"#, #"{"errors":[{"code":400,"description":"no"}]}"#,
            "<errors><error><code>400</code><description>no</description></error></errors>",
        ] {
            let fault = #expect(throws: OutsideAnswer.Fault.self) { try answer(body).postedRequest() }
            #expect(fault == .errors(ErrorsMessage(entries: [.init(code: 400, description: "no")])))
        }
    }

    @Test(
        "A12: errors in every shape",
        arguments: [
            (#"[{"code":403,"description":"no key"}]"#, [403], ["no key"]),
            (
                #"[{"code":"403","description":"no key"},{"code":4003,"description":"b"}]"#, [403, 4003],
                ["no key", "b"]
            ),
            (#"{"errors":[{"code":403,"description":"no key"}]}"#, [403], ["no key"]),
            (#"{"description":"no key"}"#, [400], ["no key"]),
            (#"[{"description":"no key"}]"#, [400], ["no key"]),
            (#"{"error":"no key"}"#, [400], ["no key"]),
            (#"{"error":{"code":403,"message":"no key"}}"#, [403], ["no key"]),
            (#"{"message":"Bad Request","_embedded":{"errors":[{"message":"lat: no"}]}}"#, [400], ["lat: no"]),
            ("<errors><error><code>403</code><description>no key</description></error></errors>", [403], ["no key"]),
            ("<errors><error><description>no\n  key</description></error></errors>", [400], ["no key"]),
            ("Service down", [400], ["Service down"]),
            ("<html><b>Service", [400], ["<html><b>Service"]),
            ("", [400], ["status 400 without a body"]),
            ("\u{0}\u{1}", [400], ["status 400 without a body"]),
            ("[]", [400], ["[]"]),
        ]
    )
    func errors(body: String, codes: [Int], descriptions: [String]) {
        let message = ErrorsMessage(reading: Array(body.utf8), status: 400)
        #expect(message.entries.map(\.code) == codes)
        #expect(message.entries.map(\.description) == descriptions)
    }

    @Test("A12: tokens, with the id still empty")
    func tokens() throws {
        #expect(try answer(#"[{"service_request_id":"","token":"t"}]"#).token("t").serviceRequestID == nil)
        #expect(try answer(#"[{"service_request_id":9,"token":"t"}]"#).token("t").serviceRequestID == "9")
        #expect(try answer("[]").token("t").serviceRequestID == nil)
        let xml = "<service_requests><request><service_request_id/><token>t</token></request></service_requests>"
        #expect(try answer(xml).token("t").serviceRequestID == nil)
    }

    @Test("A12: services with numbers for codes, texts for truth, and groups in both ways")
    func services() throws {
        let json = try answer(
            #"[{"service_code":1,"service_name":"A ","metadata":"true","type":"Batch","keywords":"a, b","group":"G"},"#
                + #"{"service_code":"X","metadata":false,"type":"odd","keywords":["a"],"groups":["G","H"]},{"service_name":"none"}]"#
        ).services()
        #expect(json.map(\.serviceCode) == ["1", "X"])
        #expect(json.map(\.serviceName) == ["A", "X"])
        #expect(json.map(\.metadata) == [true, false])
        #expect(json.map(\.type) == [.batch, .realtime])
        #expect(json.map(\.keywords) == [["a", "b"], ["a"]])
        #expect(json.map(\.groups) == [["G"], ["G", "H"]])
        #expect(try answer("<services/>").services().isEmpty)
        #expect(throws: OutsideAnswer.Fault.self) { try answer("<html/>").services() }
    }

    @Test(
        "L9: dates as other servers print them",
        arguments: [
            ("2026-03-01T09:00:00Z", true), ("2026-03-01T04:00:00-05:00", true), ("2026-03-01T04:00:00-0500", true),
            ("2026-03-01 09:00:00", true), ("2026-03-01T09:00:00.123Z", true), ("2026-03-01T09:00:00", true),
            ("yesterday", false), ("", false), ("2026-03-01", false),
        ]
    )
    func dates(text: String, isRead: Bool) throws {
        let request = try #require(
            try answer(#"[{"service_request_id":"1","updated_datetime":"\#(text)"}]"#).requests().first
        )
        #expect(request.updatedAt == (isRead ? WireDateTime.date("2026-03-01T09:00:00Z") : nil))
    }

    @Test("A12: coordinates as numbers and as texts, exact; out of range is none")
    func coordinates() throws {
        func read(_ latitude: String, _ longitude: String) throws -> String? {
            try answer("[{\"service_request_id\":1,\"lat\":\(latitude),\"long\":\(longitude)}]").requests()
                .first?.coordinate?.description
        }
        #expect(try read("44.123456789", "-79") == "44.123456789,-79")
        #expect(try read("\"44.1\"", "\"-79.2\"") == "44.1,-79.2")
        #expect(try read("4.41e1", "-79") == "44.1,-79")
        #expect(try read("91", "0") == nil)
        #expect(try read("1e400", "0") == nil)
        #expect(try read("null", "0") == nil)
    }

    @Test("A9: statuses beyond open and closed are read by their meaning")
    func statuses() throws {
        for (text, status) in [
            ("open", Open311Status.open), ("CLOSED", .closed), ("fixed", .closed), ("in_progress", .open),
            ("odd", .open),
        ] {
            #expect(try answer(#"[{"service_request_id":1,"status":"\#(text)"}]"#).requests().first?.status == status)
        }
    }

    @Test("A10: updates without an id of their own are left out")
    func updates() throws {
        let read = try answer(
            "<service_request_updates><request_update><update_id>1</update_id><service_request_id>2</service_request_id>"
                + "<status>IN_PROGRESS</status><updated_datetime>2026-03-01T09:00:00Z</updated_datetime>"
                + "<description>x</description><extras><crew>3</crew></extras></request_update>"
                + "<request_update><service_request_id>2</service_request_id></request_update></service_request_updates>"
        ).updates()
        #expect(read.map(\.updateID) == ["1"])
        #expect(read.first?.status == "in_progress")
        #expect(read.first?.extras == [ExtraField("crew", "3")].compactMap(\.self))
        #expect(try answer(#"[{"update_id":17}]"#).postedUpdate().updateID == "17")
        #expect(throws: OutsideAnswer.Fault.self) { try answer("[]").postedUpdate() }
    }

    static let bombs: [String] = [
        String(repeating: "[", count: 1 << 19),
        "[" + String(repeating: "0,", count: 1 << 18) + "0]",
        "[" + String(repeating: "{},", count: 1 << 17) + "{}]",
        "{" + String(repeating: "\"\":0,", count: 1 << 16) + "\"\":0}",
        String(repeating: "{\"a\":[", count: 1 << 16),
        "<!DOCTYPE a [<!ENTITY b \"" + String(repeating: "x", count: 1000) + "\">]><a>&b;</a>",
        "[\"" + String(repeating: "x", count: (1 << 20) - 2),
        String(repeating: " ", count: (1 << 20) + 1),
    ]

    @Test("A9: bombs and endless answers are refused within 100 milliseconds", arguments: bombs.indices)
    func refuses(index: Int) {
        let bytes = Array(Self.bombs[index].utf8)
        let times = (0..<3).map { _ in
            ContinuousClock().measure {
                #expect(throws: OutsideAnswer.Fault.self) { try OutsideAnswer(bytes) }
            }
        }
        #expect(times.min() ?? .seconds(9) < Self.allowed, "\(Self.bombs[index].prefix(20))")
    }

    // in a process of its own, so that no other test is counted
    @Test("A9: a bomb, and the largest answer that is read, cost less than 20 MB")
    func memory() async {
        await #expect(processExitsWith: .success) {
            let wide = "[" + String(repeating: "0,", count: 49_000) + "0]"
            let elements = "<service_requests>" + String(repeating: "<request/>", count: 49_000) + "</service_requests>"
            var costly: [String] = []
            for text in OutsideAnswerTests.bombs + [wide, elements] {
                let bytes = Array(text.utf8)
                let growth = ResidentMemory.growth { _ = try? OutsideAnswer(bytes) }
                if growth >= 20_000 { costly.append("\(text.prefix(20)): \(growth) kB") }
            }
            precondition(costly.isEmpty, costly.joined(separator: "; "))
        }
    }

    /// A debug build walks bytes some ten times slower than the service does.
    #if DEBUG
        static let allowed = Duration.milliseconds(1000)
    #else
        static let allowed = Duration.milliseconds(100)
    #endif

    @Test("A9: texts of JSON are decoded, what XML cannot carry becomes U+FFFD")
    func texts() throws {
        func notice(_ literal: String) throws -> String? {
            try answer("[{\"service_request_id\":1,\"service_notice\":\"\(literal)\"}]").postedRequest().serviceNotice
        }
        #expect(try notice(#"a\"\\\/\n\t\u00e9\ud83d\udea7b"#) == "a\"\\/\n\té🚧b")
        #expect(
            try notice(#"\u0000\ud83d\udea\u0001"#.replacing("\\udea\\", with: "\\ud83d\\"))
                == "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        )
        #expect(throws: OutsideAnswer.Fault.self) { try notice(#"\u12"#) }
        #expect(throws: OutsideAnswer.Fault.self) { try notice(#"\u+123"#) }
        let broken = Array("[{\"service_request_id\":1,\"service_notice\":\"a".utf8) + [0xFF] + Array("b\"}]".utf8)
        #expect(try OutsideAnswer(broken).postedRequest().serviceNotice == "a\u{FFFD}b")
    }
}
