import Configuration
import Foundation
import Hub
import Mail
import Transports
import Web

/// What the environment says about mail and text messages: HUB_SMTP_…, HUB_MAIL_…, HUB_SMS_….
struct MessageSettings: Sendable {
    /// The mail server; nil: mail is not configured.
    let smtp: SMTPSettings?
    /// The gateway for text messages; nil: not configured.
    let sms: SMSSettings?
    /// Folder into which mails come; nil: none.
    let inbox: URL?
    /// Addresses, limits and doubts, without the key of the links.
    let telling: TellingSettings
    /// What opens the addresses to which gateways and mail servers report.
    let hooks: MessageHooks
    /// Everything that is wrong, each with the variable and what would be right.
    let faults: [String]

    init(_ reader: ConfigReader) {
        var faults: [String] = []
        func text(_ key: ConfigKey, isSecret: Bool = false) -> String? {
            reader.string(forKey: key, isSecret: isSecret).flatMap { $0.isEmpty ? nil : $0 }
        }
        func address(_ key: ConfigKey, _ variable: String) -> String? {
            guard let text = text(key) else { return nil }
            if (try? MailAddress(text)) == nil {
                faults.append("\(variable) is no address for mail; write 311@example.org")
            }
            return text
        }
        let from = address("hub.mail.from", "HUB_MAIL_FROM")
        let bounces = address("hub.mail.bounces", "HUB_MAIL_BOUNCES")
        var smtp: SMTPSettings?
        if let host = text("hub.smtp.host") {
            let tls = text("hub.smtp.tls") ?? SMTPSettings.Security.startTLS.rawValue
            if let security = SMTPSettings.Security(rawValue: tls) {
                smtp = SMTPSettings(
                    host: host,
                    port: reader.int(forKey: "hub.smtp.port"),
                    user: text("hub.smtp.user"),
                    password: text("hub.smtp.password", isSecret: true),
                    security: security,
                    authorities: text("hub.smtp.ca"),
                    greeting: text("hub.smtp.greeting")
                )
            } else {
                let known = SMTPSettings.Security.allCases.map(\.rawValue).joined(separator: ", ")
                faults.append("HUB_SMTP_TLS is \"\(tls)\"; must be one of \(known)")
            }
            if from == nil { faults.append("HUB_SMTP_HOST is set, but HUB_MAIL_FROM is not: whom are mails from?") }
        }
        var sms: SMSSettings?
        if let kind = text("hub.sms.gateway") {
            if let kind = SMSSettings.Kind(rawValue: kind) {
                let needed: [(String, String?)] = [
                    ("HUB_SMS_URL", text("hub.sms.url") ?? (kind == .twilio ? "https://api.twilio.com" : nil)),
                    ("HUB_SMS_SECRET", text("hub.sms.secret", isSecret: true)), ("HUB_SMS_FROM", text("hub.sms.from")),
                    ("HUB_SMS_ACCOUNT", text("hub.sms.account") ?? (kind == .generic ? "" : nil)),
                ]
                for (variable, value) in needed where value == nil {
                    faults.append("HUB_SMS_GATEWAY is \(kind.rawValue), but \(variable) is not set")
                }
                sms = SMSSettings(
                    kind: kind,
                    url: needed[0].1 ?? "",
                    account: needed[3].1 ?? "",
                    secret: needed[1].1 ?? "",
                    from: needed[2].1 ?? ""
                )
            } else {
                faults.append("HUB_SMS_GATEWAY is \"\(kind)\"; must be generic or twilio")
            }
        }
        let doubt = text("hub.mail.in.doubt") ?? "resend"
        if !["resend", "ask"].contains(doubt) {
            faults.append("HUB_MAIL_IN_DOUBT is \"\(doubt)\"; must be resend or ask")
        }
        var telling = TellingSettings(mailFrom: smtp == nil ? nil : from, bouncesTo: bounces)
        telling.resendsInDoubt = doubt == "resend"
        telling.hasTextMessages = sms != nil
        self.smtp = smtp
        self.sms = sms
        self.telling = telling
        inbox = text("hub.mail.inbox").map { URL(fileURLWithPath: $0, isDirectory: true) }
        hooks = MessageHooks(
            mailToken: text("hub.mail.webhook.token", isSecret: true),
            smsSecret: sms?.kind == .generic ? sms?.secret : nil,
            twilioSecret: sms?.kind == .twilio ? sms?.secret : nil
        )
        self.faults = faults
    }

    /// The ways out that are configured.
    func ways(http: OutboundHTTP) -> MessageWays {
        let mail = smtp.map { MailWay(SMTPSender($0)) }
        let gateway = sms.map { SMSGateway($0, http: http) }
        let programs = ProgramWay(http: http, now: { Date() })
        var ways = MessageWays()
        if let mail { ways.mail = { await mail.send($0) } }
        if let gateway { ways.sms = { await gateway.send($0) } }
        ways.webhook = { await programs.send($0) }
        return ways
    }

    /// Letters to departments' mailboxes, through the same server and from the same address; nil: mail is not configured.
    func letters() -> (@Sendable (DepartmentLetter, _ delivery: UUID) async -> OutsideOutcome)? {
        guard let smtp, let from = telling.mailFrom else { return nil }
        let mail = MailWay(SMTPSender(smtp))
        return { letter, delivery in
            let outcome = await mail.send(
                letter: letter.text,
                subject: letter.subject,
                to: letter.to,
                replyTo: letter.replyTo,
                from: (address: from, name: "311"),
                headers: letter.headers,
                id: "\(delivery.uuidString.lowercased()).department",
                at: Date()
            )
            return switch outcome {
            case .sent: .taken(remoteID: nil, token: nil)
            case .notNow(let reason, let seconds): .notArrived(reason, retryAfter: seconds, asked: false)
            case .refused(let reason, _), .stopped(let reason): .refused(reason)
            case .uncertain(let reason): .uncertain(reason)
            }
        }
    }
}
