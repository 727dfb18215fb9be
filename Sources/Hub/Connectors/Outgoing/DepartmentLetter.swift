public import Domain
import Foundation

/// A letter to a department's mailbox, as it lies in the outbox: everything the sender of mail needs, and nothing that must be looked up.
///
/// No personal data stands in the subject: a reference and the kind of matter. The answer goes to an address that names the request.
public struct DepartmentLetter: Sendable, Hashable, Codable {
    /// Mailbox.
    public let to: String
    /// Address for the answer; nil when none is taken.
    public let replyTo: String?
    /// One line, at most 120 characters.
    public let subject: String
    /// Plain text, lines ended by LF.
    public let text: String
    /// Further headers, without line breaks.
    public let headers: [String: String]
    /// Code of the forwarding target.
    public let target: String
    /// The request it is about.
    public let reference: RequestReference

    /// What an answer is written above; everything below it is ours.
    static let line = "-- 311 -- Answer above this line / Répondez au-dessus de cette ligne -- 311 --"
}

extension DepartmentLetter {
    /// A letter about a request, or about what became of it, in the language of the tenant's staff.
    init(
        _ message: DepartmentMessage,
        to target: ForwardingTarget,
        replyTo: String?,
        serviceName: LocalizedText,
        trackingURL: String
    ) {
        let request = message.request
        let reference = request.reference.rawValue
        func line(_ english: String, _ french: String, _ value: String?) -> String? {
            guard let value, !value.isEmpty else { return nil }
            return "\(english) / \(french): \(value)"
        }
        let answers = target.receivesStaffOnly ? request.answers : request.publicAnswers(of: nil)
        let head = Self.head(message)
        var lines: [String?] = []
        if replyTo != nil {
            lines += [
                Self.line,
                "First line of your answer / Première ligne de votre réponse: received | in progress | done | not ours"
                    + " — reçue | en cours | terminée | refusée",
                "",
            ]
        }
        lines += ["\(head.english) / \(head.french)", "", line("Reference", "Référence", reference)]
        lines += [
            line("Matter", "Objet", "\(serviceName.english) / \(serviceName.french)"),
            line("Priority", "Priorité", request.priority.rawValue),
            line("Address", "Adresse", request.address),
            line("Point", "Point", request.coordinate.map { "\($0.latitude), \($0.longitude)" }),
            line("Received", "Reçue", request.requestedAt.formatted(.iso8601)),
            line("Promised for", "Promise pour", request.completeDue?.formatted(.iso8601)),
            line("What happened", "Ce qui s’est passé", message.event?.description?[request.language]),
            line("Public page", "Page publique", trackingURL),
            "",
            request.description,
        ]
        lines += answers.values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: ", "))" }
        lines += request.mediaURLs
        self.init(
            to: target.endpoint,
            replyTo: replyTo,
            subject: Self.oneLine(
                "[311 \(reference)] \(head.english): \(serviceName.english) / \(serviceName.french)",
                atMost: 120
            ),
            text: lines.compactMap { $0 }.map { Self.plain($0) }.joined(separator: "\n") + "\n",
            headers: ["Auto-Submitted": "auto-generated", "X-311-Reference": reference],
            target: target.code,
            reference: request.reference
        )
    }

    private static func head(_ message: DepartmentMessage) -> LocalizedText {
        switch message.event?.kind {
        case nil: LocalizedText(english: "New request", french: "Nouvelle demande")
        case .reopened: LocalizedText(english: "Opened again", french: "Rouverte")
        case .completed: LocalizedText(english: "Ended here", french: "Terminée ici")
        case .handOverOffered, .handOverAccepted:
            LocalizedText(english: "Handed to another body", french: "Confiée à un autre organisme")
        default: LocalizedText(english: "News", french: "Nouvelles")
        }
    }

    /// Text without control characters but the line end.
    private static func plain(_ text: String) -> String {
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        return String(
            String.UnicodeScalarView(
                lines.unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control }
            )
        )
    }

    /// Text on one line: nothing in it can begin another header.
    private static func oneLine(_ text: String, atMost limit: Int) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(limit)
            )
        )
    }
}
