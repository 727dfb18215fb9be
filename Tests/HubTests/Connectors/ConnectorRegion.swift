import Domain
import Foundation
import Storage
import TestSupport
import Testing
import Transports

@testable import Hub

extension DemonstrationRegion {
    /// A webhook to a server on this machine, as a tenant's file would name it.
    func webhook(
        _ code: String,
        _ server: FakeOpen311Server,
        seconds: Int = 5,
        terms: ConnectorTerms = ConnectorTerms(tells: .essential, inbound: .init(keyVariable: "HUB_SECRET_IN"))
    ) -> ForwardingTarget {
        ForwardingTarget(
            code: code,
            kind: .webhook,
            endpoint: "http://127.0.0.1:\(server.port)/hooks/\(code)",
            apiKeyVariable: "HUB_SECRET_OUT",
            timeoutSeconds: seconds,
            allowsPrivateAddress: true,
            terms: terms
        )
    }

    /// A folder.
    func yard(_ terms: ConnectorTerms = ConnectorTerms(tells: .essential, inbound: .init(readsFolder: true)))
        -> ForwardingTarget
    {
        ForwardingTarget(code: "yard", kind: .file, endpoint: "yard", terms: terms)
    }

    /// A mailbox.
    func mailbox(_ whenUncertain: ConnectorTerms.UncertainPolicy = .resend) -> ForwardingTarget {
        ForwardingTarget(
            code: "box",
            kind: .email,
            endpoint: "roads@works.example",
            terms: ConnectorTerms(
                notesArePublic: false,
                tells: .essential,
                whenUncertain: whenUncertain,
                inbound: .init(readsFolder: true),
                replyTo: "answers@311.example"
            )
        )
    }

    /// Where a connector's files lie.
    func files(of target: ForwardingTarget, at id: String = "maplewater") -> ConnectorFolder {
        ConnectorFolder(
            below: folder.appendingPathComponent("connectors"),
            tenant: JurisdictionID(trusted: id),
            target: target
        )
    }

    /// What a connector says.
    func hear(
        _ words: [ConnectorWord],
        from code: String,
        at id: String = "maplewater",
        source: String = "test"
    ) async throws -> [ConnectorAnswer] {
        let tenant = try await tenant(id)
        let target = try #require(tenant.configuration.forwarding.first { $0.code == code })
        return try await HearConnector(surroundings, tenant: tenant, target: target)(
            words,
            by: .webhook,
            source: source
        )
    }

    /// Rows of one target that are not sent.
    func unsent(to target: String) async throws -> [OutboxRow] {
        try await inside("maplewater") { try await Outbox($0).unsent(to: target) }
    }

    /// Delivers until everything is sent, letting time go by; gives up after a while.
    func deliverPatiently(by dispatcher: ForwardServiceRequests, stepSeconds: TimeInterval = 100) async throws {
        for _ in 0..<4000 {
            while await dispatcher.pass() > 0 {}
            let left = try await inside("maplewater") { try await Outbox($0).depths() }
            guard left.contains(where: { $0.state != .dead }) else { return }
            clock.advance(by: stepSeconds)
        }
        throw Missing(what: "an end of deliveries")
    }
}

extension FakeOpen311Server.Arrival {
    /// A header, whatever the case of its name.
    func header(_ name: String) -> String? {
        headers.first { $0.lowercased().hasPrefix(name + ":") }
            .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }

    /// What a call is about: `BB-… request`.
    var about: String {
        let body = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        let data = body?["data"] as? [String: Any]
        return "\(data?["reference"] as? String ?? "") \(data?["event"] as? String ?? "")"
    }
}
