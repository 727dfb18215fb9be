internal import CCurl
import Foundation

/// One line to the mail server: a handle of libcurl that keeps its connection between mails; used by one thread only.
///
/// Source: libcurl, `CURLOPT_MAIL_FROM(3)`, `CURLOPT_UPLOAD(3)`; libcurl doubles the points at the beginning of lines itself.
final class SMTPLine {
    private let handle: UnsafeMutableRawPointer
    private let settings: SMTPSettings

    /// Once per process, before the first handle.
    private static let library: Bool = hub_curl_start() == CURLE_OK

    /// A line that is not connected yet; nil when the library refuses.
    init?(_ settings: SMTPSettings) {
        // NULL when out of memory
        guard Self.library, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        self.settings = settings
    }

    deinit { curl_easy_cleanup(handle) }

    /// What the callbacks see of one mail.
    private final class Exchange {
        let bytes: [UInt8]
        var offset = 0
        /// The end of the mail was asked for: from here on the server may have taken it.
        var isComplete = false
        /// Last lines that the server said.
        var words: [UInt8] = []

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }
    }

    /// Sends one mail; blocks the thread for at most ``SMTPSettings/mailSeconds``, twice that when an old connection was gone.
    func send(_ bytes: [UInt8], from: MailAddress, to: MailAddress) -> SMTPOutcome {
        let (outcome, isStale) = attempt(bytes, from, to, isFresh: false)
        // The server may have hung up on the kept connection; nothing of this mail had been taken.
        guard isStale else { return outcome }
        return attempt(bytes, from, to, isFresh: true).0
    }

    private func attempt(
        _ bytes: [UInt8],
        _ from: MailAddress,
        _ to: MailAddress,
        isFresh: Bool
    ) -> (SMTPOutcome, isStale: Bool) {
        let exchange = Exchange(bytes)
        return withExtendedLifetime(exchange) {
            curl_easy_reset(handle)  // keeps the connection
            guard configure(exchange, from, isFresh: isFresh) else {
                return (.temporary("the mail settings are not understood by libcurl"), false)
            }
            // NULL when out of memory; the list copies the text and must live until the transfer is over
            let recipients = curl_slist_append(nil, "<\(to)>")
            defer { curl_slist_free_all(recipients) }
            _ = hub_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
            let code = curl_easy_perform(handle)  // 0 done, else a CURLE code
            var answer = 0
            _ = hub_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &answer)
            var connections = 0
            _ = hub_curl_get_long(handle, CURLINFO_NUM_CONNECTS, &connections)
            let outcome = outcome(code, answer: answer, exchange)
            if case .temporary = outcome, connections == 0, !exchange.isComplete, !isFresh { return (outcome, true) }
            return (outcome, false)
        }
    }

    private func outcome(_ code: CURLcode, answer: Int, _ exchange: Exchange) -> SMTPOutcome {
        let said = String(decoding: exchange.words.suffix(400), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        if code == CURLE_OK { return .sent(said) }
        let isRefusal = said.hasPrefix("4") || said.hasPrefix("5")
        let reason = isRefusal ? said : String(cString: curl_easy_strerror(code))
        if code == CURLE_LOGIN_DENIED { return .temporary("the mail server refused the login: \(reason)") }
        if exchange.isComplete {
            // 354 is the server's "go on"; anything later is its word on this mail.
            switch answer {
            case 400...499: return .temporary(reason)
            case 500...599: return .permanent(reason, recipient: false)
            default: return .uncertain("the whole mail was sent and no answer came: \(reason)")
            }
        }
        // 500 to 504 speak of commands, 530 to 538 of TLS and login: the operator mends those, the mail is good.
        let isAboutUs = (500...504).contains(answer) || (530...538).contains(answer)
        guard (500...599).contains(answer), !isAboutUs else { return .temporary(reason) }
        return .permanent(reason, recipient: exchange.offset == 0)
    }

    private func configure(_ exchange: Exchange, _ from: MailAddress, isFresh: Bool) -> Bool {
        let scheme = settings.security == .tls ? "smtps" : "smtp"
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let greeting = settings.greeting.map { "/\($0)" } ?? ""
        let protection: Int =
            switch settings.security {
            case .tls, .startTLS: Int(CURLUSESSL_ALL.rawValue)
            case .opportunistic: Int(CURLUSESSL_TRY.rawValue)
            case .none: Int(CURLUSESSL_NONE.rawValue)
            }
        let texts: [(CURLoption, String?)] = [
            (CURLOPT_URL, "\(scheme)://\(host):\(settings.port)\(greeting)"), (CURLOPT_MAIL_FROM, "<\(from)>"),
            (CURLOPT_USERNAME, settings.user), (CURLOPT_PASSWORD, settings.password),
            (CURLOPT_CAINFO, settings.authorities), (CURLOPT_PROXY, ""), (CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
        ]
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_USE_SSL, protection), (CURLOPT_UPLOAD, 1), (CURLOPT_NOSIGNAL, 1),
            (CURLOPT_CONNECTTIMEOUT, settings.connectSeconds), (CURLOPT_TIMEOUT, settings.mailSeconds),
            // Without it the farewell to a server that fell silent is waited for two minutes, longer than any lease.
            (CURLOPT_SERVER_RESPONSE_TIMEOUT, min(8, settings.mailSeconds)),
            (CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0), (CURLOPT_MAXAGE_CONN, 30),
            // An opportunistic line takes any certificate: it would go in plain text otherwise.
            (CURLOPT_SSL_VERIFYPEER, settings.security == .opportunistic ? 0 : 1),
            (CURLOPT_SSL_VERIFYHOST, settings.security == .opportunistic ? 0 : 2),
        ]
        for (option, text) in texts {
            guard let text else { continue }
            guard hub_curl_set_text(handle, option, text) == CURLE_OK else { return false }
        }
        for (option, number) in numbers where hub_curl_set_long(handle, option, number) != CURLE_OK { return false }
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        _ = hub_curl_set_pointer(handle, CURLOPT_READDATA, context)
        _ = hub_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        _ = hub_curl_set_transfer(handle, CURLOPT_READFUNCTION, Self.give)
        return hub_curl_set_transfer(handle, CURLOPT_HEADERFUNCTION, Self.hear) == CURLE_OK
    }

    /// Gives libcurl the next bytes; 0 is the end.
    private static let give:
        @convention(c) @Sendable (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
            bytes,
            size,
            count,
            context in
            guard let bytes, let context else { return 0 }
            let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
            let length = min(size * count, exchange.bytes.count - exchange.offset)
            exchange.bytes.withUnsafeBytes { all in
                guard length > 0, let base = all.baseAddress else { return }
                bytes.withMemoryRebound(to: UInt8.self, capacity: length) { to in
                    to.update(
                        from: base.advanced(by: exchange.offset).assumingMemoryBound(to: UInt8.self),
                        count: length
                    )
                }
            }
            exchange.offset += length
            if length == 0 { exchange.isComplete = true }
            return length
        }

    /// Keeps what the server says.
    private static let hear:
        @convention(c) @Sendable (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
            bytes,
            size,
            count,
            context in
            guard let bytes, let context else { return 0 }
            let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            // The farewell after a refusal says nothing.
            if !line.starts(with: "221".utf8) { exchange.words = line.prefix(400).map { $0 } }
            return size * count
        }
}
