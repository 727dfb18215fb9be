internal import AsyncHTTPClient
public import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// The only way out of the hub over HTTP: checks where it goes, connects to the address it checked, and reads no more than it should.
///
/// Each sending asks for the addresses anew, checks every one, and connects to one of them by number, so that a name
/// cannot be one thing when checked and another when used. No redirect is followed, no proxy is used, no connection is kept: a
/// fresh connection tells apart "never left" from "left, outcome unknown", a kept one may have died in between.
public struct OutboundHTTP: Sendable {
    /// Where it may send to.
    public let policy: AddressPolicy

    private let lookup: @Sendable (String) async throws -> [IPAddress]
    private let now: @Sendable () -> Date

    /// Time for a connection, TLS included.
    static let connectLimit = TimeAmount.seconds(5)

    /// A way out.
    ///
    /// - Parameters:
    ///   - policy: Where it may send to.
    ///   - now: Clock against which a date in `Retry-After` is read.
    public init(policy: AddressPolicy, now: @escaping @Sendable () -> Date) {
        let lookup = HostLookup(timeLimit: .seconds(5))
        self.init(policy: policy, now: now) { try await lookup($0) }
    }

    /// A way out that asks somebody else for addresses, such as a test for a name that changes its mind.
    public init(
        policy: AddressPolicy,
        now: @escaping @Sendable () -> Date,
        lookup: @escaping @Sendable (String) async throws -> [IPAddress]
    ) {
        self.policy = policy
        self.now = now
        self.lookup = lookup
    }

    /// Sends, and reads the answer.
    /// - Throws: ``OutboundFault`` when there is none; it says whether the body may have arrived.
    public func send(_ request: OutboundRequest) async throws(OutboundFault) -> OutboundAnswer {
        let progress = SendingProgress()
        do {
            return try await within(request.timeLimit) {
                let address = try await checkedAddress(of: request.address)
                return try await exchange(request, with: address, progress)
            }
        } catch let fault as OutboundFault {
            throw fault
        } catch let refusal as AddressPolicy.Refusal {
            throw .refused(refusal)
        } catch {
            let reason = Self.reason(for: error)
            throw progress.isBodyOnItsWay ? .uncertain(reason) : .notSent(reason)
        }
    }

    /// One address of the host, after all of them were checked.
    private func checkedAddress(of address: OutboundAddress) async throws -> IPAddress {
        try policy.check(address)
        if let literal = address.literal {
            try policy.check(address, resolvedTo: [literal])
            return literal
        }
        let addresses: [IPAddress]
        do { addresses = try await lookup(address.host) } catch {
            throw OutboundFault.notSent("the host name could not be resolved (\(error))")
        }
        try policy.check(address, resolvedTo: addresses)
        guard let first = addresses.first else { throw AddressPolicy.Refusal.noAddress }
        return first
    }

    private func exchange(
        _ request: OutboundRequest,
        with address: IPAddress,
        _ progress: SendingProgress
    ) async throws -> OutboundAnswer {
        let client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
            configuration: Self.configuration(for: request, at: address)
        )
        let result: Result<OutboundAnswer, any Error>
        do { result = .success(try await exchange(request, through: client, progress)) } catch {
            result = .failure(error)
        }
        // The client must be shut down on every way out; a failure to close a connection changes nothing for us.
        try? await client.shutdown()
        return try result.get()
    }

    private func exchange(
        _ request: OutboundRequest,
        through client: HTTPClient,
        _ progress: SendingProgress
    ) async throws -> OutboundAnswer {
        var message = HTTPClientRequest(url: request.address.description)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        message.headers.add(name: "User-Agent", value: "hub311")
        message.headers.add(name: "Connection", value: "close")
        for header in request.headers { message.headers.replaceOrAdd(name: header.name, value: header.value) }
        if request.method == .post {
            let length = HTTPClientRequest.Body.Length.known(Int64(request.body.count))
            message.body = .bytes(WatchedBody(bytes: request.body, progress: progress), length: length)
        }
        let deadline = NIODeadline.now() + Self.timeAmount(request.timeLimit)
        let response = try await client.execute(message, deadline: deadline)
        let (body, cutShort, isTooLarge) = await Self.read(response.body, atMost: request.largestAnswer)
        return OutboundAnswer(
            status: Int(response.status.code),
            contentType: response.headers.first(name: "Content-Type"),
            body: body,
            cutShort: cutShort,
            isTooLarge: isTooLarge,
            retryAfter: response.headers.first(name: "Retry-After").flatMap {
                RetryAfter.seconds(of: $0, now: now())
            }
        )
    }

    /// Reads until the end, the limit, or the moment the connection breaks or the time is up.
    private static func read(
        _ body: HTTPClientResponse.Body,
        atMost limit: Int
    ) async -> ([UInt8], cutShort: String?, isTooLarge: Bool) {
        var bytes: [UInt8] = []
        do {
            for try await part in body {
                guard bytes.count + part.readableBytes <= limit else {
                    return (bytes, "the answer is larger than \(limit) bytes", true)
                }
                bytes.append(contentsOf: part.readableBytesView)
            }
            return (bytes, Task.isCancelled ? "the answer took too long" : nil, false)
        } catch {
            return (bytes, Task.isCancelled ? "the answer took too long" : reason(for: error), false)
        }
    }

    private static func timeAmount(_ duration: Duration) -> TimeAmount {
        .nanoseconds(Int64(duration / .nanoseconds(1)))
    }

    private static func configuration(for request: OutboundRequest, at address: IPAddress) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.proxy = nil
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = min(connectLimit, timeAmount(request.timeLimit))
        configuration.connectionPool.retryConnectionEstablishment = false
        if request.address.literal == nil {
            configuration.dnsOverride = [request.address.host: address.description]
        }
        return configuration
    }

    /// Runs something that ends in time or is cancelled; cancelling ends it at once.
    private func within<Success: Sendable>(
        _ limit: Duration,
        _ work: @escaping @Sendable () async throws -> Success
    ) async throws -> Success {
        try await withThrowingTaskGroup(of: Success?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit, clock: .continuous)
                return nil
            }
            defer { group.cancelAll() }
            if let first = try await group.next(), let done = first { return done }
            group.cancelAll()
            // The work was cancelled: it still says how far it had come.
            while let rest = try await group.next() {
                if let done = rest { return done }
            }
            throw HTTPClientError.deadlineExceeded
        }
    }

    /// A short reason for an operator, without addresses of the inside.
    private static func reason(for error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .connectTimeout: "the connection took too long"
        case let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout: "it took too long"
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            "the server closed the connection"
        case let error as HTTPClientError where error == .cancelled: "it took too long"
        case is CancellationError: "it took too long"
        case let error as IOError: "the connection failed (\(String(cString: strerror(error.errnoCode))))"
        case let error as NIOConnectionError: reason(for: error)
        case let error as HTTPParserError: "the answer is not HTTP (\(error))"
        default: "\(type(of: error)): \(String(describing: error).prefix(200))"
        }
    }

    private static func reason(for error: NIOConnectionError) -> String {
        guard let first = error.connectionErrors.first?.error as? IOError else { return "no connection" }
        return "no connection (\(String(cString: strerror(first.errnoCode))))"
    }
}
