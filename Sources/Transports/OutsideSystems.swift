internal import Domain
public import Foundation
public import Hub
internal import Open311

/// The hub's ways out, over HTTP: GeoReport servers of departments and partners, and pictures that residents point at.
public struct OutsideSystems: Sendable {
    private let http: OutboundHTTP
    private let pictures: OutboundHTTP
    private let key: @Sendable (_ variable: String) -> String?
    private let now: @Sendable () -> Date

    /// Time for asking whether something arrived; together with a sending it stays well under the lease of an outbox row.
    static let patience = Duration.seconds(20)

    /// Ways out.
    ///
    /// - Parameters:
    ///   - policy: Where forwarding may go, hosts inside that the operator named among it.
    ///   - key: Value of an environment variable that a `forwarding.yml` names; nil when it is not set.
    ///   - now: The clock.
    public init(
        policy: AddressPolicy,
        key: @escaping @Sendable (_ variable: String) -> String?,
        now: @escaping @Sendable () -> Date
    ) {
        // Pictures are pointed at by anybody: never a host inside, whatever forwarding may do.
        let forPictures = AddressPolicy(allowsPlainHTTP: true, ownAddresses: policy.ownAddresses)
        self.init(
            http: OutboundHTTP(policy: policy, now: now),
            pictures: OutboundHTTP(policy: forPictures, now: now),
            key: key,
            now: now
        )
    }

    init(
        http: OutboundHTTP,
        pictures: OutboundHTTP,
        key: @escaping @Sendable (_ variable: String) -> String?,
        now: @escaping @Sendable () -> Date
    ) {
        self.http = http
        self.pictures = pictures
        self.key = key
        self.now = now
    }

    /// What the hub calls.
    public var delivery: OutsideDelivery {
        var delivery = OutsideDelivery(
            submit: { await submit($0) },
            remoteID: { try await client(for: $0).identifier(ofToken: $1) },
            updates: { try await updates(of: $0, from: $1, to: $2) },
            status: { try await status(of: $1, at: $0) },
            picture: { await picture($0) }
        )
        delivery.call = { await WebhookCaller(http: http)($0) }
        delivery.drop = { await FileDrop()($0) }
        delivery.requests = { try await requests(at: $0, from: $1, to: $2) }
        return delivery
    }

    private func client(for target: ForwardingTarget) throws(Unusable) -> Open311Client {
        var apiKey: String?
        if let variable = target.apiKeyVariable {
            guard let value = key(variable), !value.isEmpty else { throw .keyMissing(variable) }
            apiKey = value
        }
        do throws(AddressPolicy.Refusal) {
            return Open311Client(
                endpoint: try Open311Endpoint(target, apiKey: apiKey, policy: http.policy),
                http: http
            )
        } catch { throw .refused(error) }
    }

    /// A target that cannot be spoken to as it is written.
    enum Unusable: Error, CustomStringConvertible {
        case keyMissing(String)
        case refused(AddressPolicy.Refusal)

        var description: String {
            switch self {
            case .keyMissing(let variable): "the environment variable \(variable) with the key is not set"
            case .refused(let refusal): refusal.description
            }
        }
    }

    /// Asks first when an earlier attempt may have arrived, then sends.
    private func submit(_ submission: OutsideSubmission) async -> OutsideOutcome {
        let client: Open311Client
        do throws(Unusable) { client = try self.client(for: submission.target) } catch {
            // A key that is missing is put there by the operator without touching the outbox.
            if case .keyMissing = error { return .notArrived(error.description, retryAfter: 300, asked: false) }
            return .refused(error.description)
        }
        var wasAsked = false
        if submission.isDoubtful {
            let found = await client.find(
                submission.request.reference,
                serviceCode: submission.serviceCode,
                sentAt: submission.queuedAt,
                now: now(),
                patience: Self.patience
            )
            switch found {
            case .there(let remoteID): return .taken(remoteID: remoteID, token: nil)
            case .unknown(let reason):
                // A server that cannot be asked is a blind one: the tenant's file says what is done then.
                guard submission.target.terms.whenUncertain == .resend else {
                    return .uncertain("asked whether it arrived: \(reason)")
                }
            case .absent: wasAsked = true
            }
        }
        let request = OutgoingRequest(
            submission.request,
            serviceCode: submission.serviceCode,
            includesStaffOnly: submission.target.receivesStaffOnly
        )
        switch await client.submit(request) {
        case .sent(let receipt): return .taken(remoteID: receipt.remoteID, token: receipt.token)
        case .retry(let after, let reason): return .notArrived(reason, retryAfter: after, asked: wasAsked)
        case .dead(let reason): return .refused(reason)
        case .uncertain(let reason): return .uncertain(reason)
        }
    }

    /// The feed; nil where a server says that it has none.
    private func updates(of target: ForwardingTarget, from start: Date, to end: Date) async throws -> [OutsideNews]? {
        let client = try client(for: target)
        do throws(Open311Client.Fault) {
            return try await client.updates(from: start, to: end).map { update in
                OutsideNews(
                    remoteID: update.serviceRequestID,
                    updateID: update.updateID,
                    status: target.terms.meaning(of: update.status) ?? .unchanged,
                    at: update.updatedAt ?? now(),
                    text: update.description ?? ""
                )
            }
        } catch {
            if case .status(let status, _, _) = error, [404, 405, 501].contains(status) { return nil }
            throw error
        }
    }

    /// Everything the server shows as received in a window, page by page.
    ///
    /// - Throws: ``Open311Client/Fault`` when it does not answer, or shows more than fifty pages.
    private func requests(at target: ForwardingTarget, from start: Date, to end: Date) async throws -> [OutsideRequest]
    {
        let client = try client(for: target)
        var found: [String: OutsideRequest] = [:]
        for page in 1...50 {
            let shown = try await client.requests(of: nil, from: start, to: end, page: page)
            let new = shown.filter { found[$0.serviceRequestID] == nil }
            for request in new {
                found[request.serviceRequestID] = OutsideRequest(
                    remoteID: request.serviceRequestID,
                    reference: HubReferenceMark.reference(in: request.description),
                    status: request.status
                )
            }
            // The end of the pages, or the same page again from a server that knows none.
            if new.isEmpty { return found.values.sorted { $0.remoteID < $1.remoteID } }
        }
        throw Open311Client.Fault.unreadable("more than 50 pages of requests in a day")
    }

    private func status(of remoteID: String, at target: ForwardingTarget) async throws -> OutsideNews? {
        guard let shown = try await client(for: target).request(remoteID) else { return nil }
        return OutsideNews(
            remoteID: remoteID,
            updateID: nil,
            status: shown.status == .closed ? .closed : .open,
            at: shown.updatedAt ?? now(),
            text: shown.statusNotes ?? ""
        )
    }

    private func picture(_ url: String) async -> OutsideDelivery.FetchedPicture {
        let answer: OutboundAnswer
        do throws(OutboundFault) {
            let address: OutboundAddress
            do throws(AddressPolicy.Refusal) { address = try pictures.policy.check(url) } catch {
                return .gone(error.description)
            }
            answer = try await pictures.send(
                OutboundRequest(
                    .get,
                    address,
                    headers: [OutboundRequest.Header("Accept", "image/jpeg, image/png, image/webp")],
                    largestAnswer: PhotoStore.largestUpload,
                    timeLimit: .seconds(30)
                )
            )
        } catch {
            if case .refused(let refusal) = error { return .gone(refusal.description) }
            return .later(error.description, retryAfter: nil)
        }
        switch answer.status {
        case 200:
            guard let cutShort = answer.cutShort else { return .bytes(Data(answer.body)) }
            return answer.isTooLarge ? .gone(cutShort) : .later(cutShort, retryAfter: nil)
        case 408, 425, 429, 500...599: return .later("status \(answer.status)", retryAfter: answer.retryAfter)
        default: return .gone("status \(answer.status)")
        }
    }
}
