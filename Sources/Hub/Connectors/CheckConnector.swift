public import Domain
import Foundation

/// Tries a connector as it is written: secrets, folders, and whether the other side answers.
public struct CheckConnector: Sendable {
    /// One thing that was tried.
    public struct Finding: Sendable, Hashable, Codable {
        /// What.
        public let what: String
        /// Whether it is well.
        public let isWell: Bool
        /// What was found.
        public let found: String
    }

    private let surroundings: Surroundings
    private let outside: OutsideDelivery

    /// An operation over these ways out.
    public init(_ surroundings: Surroundings, outside: OutsideDelivery) {
        self.surroundings = surroundings
        self.outside = outside
    }

    /// Tries a connector; nothing of a resident's is sent.
    ///
    /// - Parameter sends: Whether a call or a letter that says it is a test is sent.
    public func callAsFunction(_ target: ForwardingTarget, of tenant: HostedTenant, sends: Bool) async -> [Finding] {
        var findings = [
            Finding(
                what: "enabled",
                isWell: target.isEnabled,
                found: target.isEnabled ? "yes" : "switched off in forwarding.yml"
            )
        ]
        if let variable = target.apiKeyVariable { findings.append(secret(variable, signs: target.kind == .webhook)) }
        if let variable = target.terms.inbound?.keyVariable { findings.append(secret(variable, signs: true)) }
        switch target.kind {
        case .open311: findings.append(await askServer(target))
        case .webhook: if sends { findings.append(await call(target)) }
        case .file: findings.append(await drop(target, of: tenant))
        case .email: if sends { findings.append(await write(target, of: tenant)) }
        }
        return findings
    }

    private func secret(_ variable: String, signs: Bool) -> Finding {
        guard let secret = surroundings.connectors.secret(variable), !secret.isEmpty else {
            return Finding(what: variable, isWell: false, found: "the environment variable is not set")
        }
        let isGood = !signs || WebhookSignature(secret: secret) != nil
        return Finding(what: variable, isWell: isGood, found: isGood ? "set" : "shorter than 16 bytes")
    }

    private func askServer(_ target: ForwardingTarget) async -> Finding {
        let now = surroundings.second
        do {
            let shown = try await outside.requests(target, now.addingTimeInterval(-3600), now)
            return Finding(
                what: target.endpoint,
                isWell: true,
                found: "answers; \(shown.count) requests in the last hour"
            )
        } catch {
            return Finding(what: target.endpoint, isWell: false, found: "\(error)")
        }
    }

    private func call(_ target: ForwardingTarget) async -> Finding {
        let secret = target.apiKeyVariable.flatMap { surroundings.connectors.secret($0) }
        guard let secret, let signature = WebhookSignature(secret: secret) else {
            return Finding(what: target.endpoint, isWell: false, found: "cannot be signed")
        }
        let id = UUID().uuidString.lowercased()
        let now = surroundings.now()
        let body = Array(#"{"data":{},"timestamp":"\#(now.formatted(.iso8601))","type":"ping"}"#.utf8)
        let outcome = await outside.call(
            OutsideCall(
                url: target.endpoint,
                headers: [("content-type", "application/json"), ("idempotency-key", id)]
                    + signature.headers(id: id, at: now, body: body),
                body: body,
                seconds: target.timeoutSeconds
            )
        )
        return Self.finding(target.endpoint, outcome)
    }

    private func drop(_ target: ForwardingTarget, of tenant: HostedTenant) async -> Finding {
        guard let root = surroundings.connectors.folder else {
            return Finding(
                what: target.endpoint,
                isWell: false,
                found: "no folder of connectors is set up (HUB_CONNECTORS)"
            )
        }
        let name = "test-\(UUID().uuidString.lowercased()).txt"
        let outcome = await outside.drop(
            OutsideFile(
                root: root,
                folders: [tenant.id.rawValue, target.endpoint, "test"],
                name: name,
                bytes: Array("test\n".utf8)
            )
        )
        let folder = ConnectorFolder(below: root, tenant: tenant.id, target: target).root
        try? FileManager.default.removeItem(at: folder.appendingPathComponent("test/\(name)"))
        return Self.finding(folder.path, outcome)
    }

    private func write(_ target: ForwardingTarget, of tenant: HostedTenant) async -> Finding {
        let letter = DepartmentLetter(
            to: target.endpoint,
            replyTo: nil,
            subject: "[311] Test / Essai",
            text: "This is a test of the connector \(target.code). / Ceci est un essai du connecteur \(target.code).\n",
            headers: ["Auto-Submitted": "auto-generated"],
            target: target.code,
            reference: RequestReference.make(code: tenant.code)
        )
        return Self.finding(target.endpoint, await outside.letter(letter, UUID()))
    }

    private static func finding(_ what: String, _ outcome: OutsideOutcome) -> Finding {
        switch outcome {
        case .taken: Finding(what: what, isWell: true, found: "taken")
        case .notArrived(let fault, _, _), .refused(let fault), .uncertain(let fault):
            Finding(what: what, isWell: false, found: fault)
        }
    }
}
