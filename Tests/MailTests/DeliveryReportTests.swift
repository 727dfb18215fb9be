import Foundation
import Testing

@testable import Mail

@Suite("Reports of mails that failed")
struct DeliveryReportTests {
    /// The shape of RFC 3464 section 7, as Postfix writes it.
    static func report(
        action: String = "failed",
        status: String = "5.1.1",
        id: String = "<4a7f1f0e-0000-4000-8000-000000000001.bb@hub.example>"
    ) -> String {
        """
        From: MAILER-DAEMON@mx.example
        To: bounces@hub.example
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="B1/mx.example"

        --B1/mx.example
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --B1/mx.example
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example
        Arrival-Date: Tue, 16 Jun 2026 14:00:00 +0000

        Final-Recipient: rfc822; Ann@Example.org
        Original-Recipient: rfc822;ann@example.org
        Action: \(action)
        Status: \(status)
        Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org>: Recipient address
            rejected: User unknown

        --B1/mx.example
        Content-Type: text/rfc822-headers

        Message-ID: \(id)
        Subject: Completed: BB-7K3QF-2M9V

        --B1/mx.example--
        """
        .replacingOccurrences(of: "\n", with: "\r\n")
    }

    @Test("the address, the status and the mail it is about are read")
    func read() throws {
        let report = try #require(DeliveryReport(ReceivedMail(Self.report().utf8)))
        #expect(report.originalMessageID == "<4a7f1f0e-0000-4000-8000-000000000001.bb@hub.example>")
        #expect(report.recipients.map(\.address) == ["ann@example.org"])
        #expect(report.recipients.map(\.status) == ["5.1.1"])
        #expect(report.recipients.first?.diagnostic.hasSuffix("User unknown") == true)
        #expect(report.recipients.first?.addressIsGone == true)
    }

    @Test(
        "only what speaks of the address for good means that it is gone",
        arguments: [
            ("failed", "5.1.1", true), ("failed", "5.1.10", true), ("failed", "5.2.1", true), ("failed", "5.0.0", true),
            ("failed", "5.2.2", false),  // mailbox full
            ("failed", "5.3.4", false),  // message too big
            ("failed", "5.4.4", false),  // no way there
            ("failed", "5.7.1", false),  // policy
            ("failed", "4.1.1", false), ("delayed", "4.4.1", false), ("delivered", "2.1.5", false),
            ("delayed", "5.1.1", false),
        ]
    )
    func meaning(_ action: String, _ status: String, _ isGone: Bool) throws {
        let mail = ReceivedMail(Self.report(action: action, status: status).utf8)
        #expect(try #require(DeliveryReport(mail)).recipients.first?.addressIsGone == isGone)
    }

    @Test("a vacation note and a letter are no reports")
    func others() {
        #expect(DeliveryReport(ReceivedMail("Subject: I am away\r\n\r\nBack on Monday.".utf8)) == nil)
        #expect(DeliveryReport(ReceivedMail([])) == nil)
    }

    @Test("any bytes are read without a fault, cut and broken reports too")
    func broken() {
        let whole = Array(Self.report().utf8)
        for length in stride(from: 0, to: whole.count, by: 7) {
            _ = DeliveryReport(ReceivedMail(whole.prefix(length)))
        }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<20 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255) }
            _ = DeliveryReport(ReceivedMail(bytes))
        }
        let deep = (0..<50).map { "Content-Type: multipart/mixed; boundary=b\($0)\r\n\r\n--b\($0)\r\n" }.joined()
        #expect(ReceivedMail(deep.utf8).allParts.count < 60)
    }
}
