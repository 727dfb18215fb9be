public import Foundation
import Glibc
import Synchronization

/// Somebody else's GeoReport server, on a port of this machine: keeps what it takes, shows it again, records every arrival, and
/// misbehaves on demand.
///
/// Plain sockets and a thread per connection, so that it can do what no proper server would: answer a byte a second, commit and hang up,
/// send without end.
public final class FakeOpen311Server: Sendable {
    /// What the server does with the next requests.
    public enum Behaviour: Sendable, Hashable {
        /// Takes and shows requests as GeoReport says.
        case proper
        /// Takes the request for a batch service: a token, and the id when ``FakeOpen311Server/releaseTokens()`` is called.
        case batch
        /// Takes it and gives neither id nor token.
        case blackbox
        /// Answers with this status, body and headers, and takes nothing.
        case answer(status: Int, body: String, headers: [String])
        /// Takes the request, then closes the connection without a word.
        case commitAndHangUp
        /// Takes the request, then answers with this.
        case commitAndAnswer(status: Int, body: String)
        /// Closes the connection when the head has arrived, before reading the body.
        case hangUp
        /// Reads everything and never answers.
        case hang
        /// Answers with a body that never ends.
        case endless
        /// Answers a byte at a time.
        case slow(millisecondsPerByte: Int)
    }

    /// One request as it arrived.
    public struct Arrival: Sendable, Hashable {
        /// `GET` or `POST`.
        public let method: String
        /// Path and query.
        public let target: String
        /// Head lines after the first.
        public let headers: [String]
        /// Body.
        public let body: String
        /// Fields of the form, or of the query.
        public let fields: [String: [String]]
    }

    /// A service request the server took.
    public struct Taken: Sendable, Hashable {
        /// Its id here.
        public let id: String
        /// Token of a batch.
        public var token: String?
        /// Whether the id is shown for the token.
        public var isReleased: Bool
        /// Fields of the form.
        public let fields: [String: [String]]
        /// `open` or `closed`.
        public var status: String
        /// Notes.
        public var notes: String
        /// When it was taken.
        public let takenAt: Date
        /// When it last changed.
        public var updatedAt: Date
    }

    /// An update in the feed.
    public struct Update: Sendable, Hashable {
        /// Its id.
        public let id: String
        /// The request it is about.
        public let requestID: String
        /// Extended status, lower case.
        public let status: String
        /// Words.
        public let words: String
        /// When.
        public let at: Date
    }

    private struct State {
        var behaviours: [Behaviour] = []
        var usual = Behaviour.proper
        var reading = Behaviour.proper
        var arrivals: [Arrival] = []
        var taken: [Taken] = []
        var updates: [Update] = []
        var isClosed = false
        var largestPage = 1000
        var knowsPages = true
        var connections: Set<Int32> = []
    }

    private let state: Mutex<State>
    private let listener: Int32

    /// The port it listens on, on 127.0.0.1.
    public let port: Int

    /// Root of its resources: `http://127.0.0.1:…/open311/v2/`.
    public var root: String { "http://127.0.0.1:\(port)/open311/v2/" }

    /// Opens a port nobody uses and listens.
    public init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw POSIXError(.EMFILE) }
        var one: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        guard bound else {
            Glibc.close(listener)
            throw POSIXError(.EADDRINUSE)
        }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        state = Mutex(State())
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else {
                    // The number is given up by the thread that uses it, or another server could get it meanwhile.
                    Glibc.close(listener)
                    return
                }
                guard let self, self.open(connection) else {
                    Glibc.close(connection)
                    continue
                }
                Thread.detachNewThread { [weak self] in
                    self?.serve(connection)
                    self?.done(connection)
                    Glibc.close(connection)
                }
            }
        }
    }

    deinit { close() }

    /// Stops listening and cuts every connection; from then on the port refuses.
    public func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
            shutdown(listener, Int32(SHUT_RDWR))
        }
    }

    private func open(_ connection: Int32) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.connections.insert(connection)
            return true
        }
    }

    private func done(_ connection: Int32) {
        _ = state.withLock { $0.connections.remove(connection) }
    }

    // MARK: what a test says and asks

    /// The next POSTs are treated like this, one after the other; then as usual again.
    public func next(_ behaviours: Behaviour...) { state.withLock { $0.behaviours += behaviours } }

    /// Every POST from now on is treated like this.
    public func always(_ behaviour: Behaviour) { state.withLock { $0.usual = behaviour } }

    /// Every GET from now on is treated like this.
    public func reading(_ behaviour: Behaviour) { state.withLock { $0.reading = behaviour } }

    /// Most requests in one answer, and whether `page` is understood.
    public func lists(atMost largest: Int, knowsPages: Bool = true) {
        state.withLock {
            $0.largestPage = largest
            $0.knowsPages = knowsPages
        }
    }

    /// Everything that arrived, in order.
    public var arrivals: [Arrival] { state.withLock { $0.arrivals } }

    /// POSTs that arrived, in order.
    public var posts: [Arrival] { arrivals.filter { $0.method == "POST" } }

    /// Service requests taken, in order.
    public var taken: [Taken] { state.withLock { $0.taken } }

    /// Puts a request there that did not come from us.
    public func plant(description: String, serviceCode: String, at instant: Date = Date()) {
        state.withLock {
            _ = Self.take(["description": [description], "service_code": [serviceCode]], nil, at: instant, in: &$0)
        }
    }

    /// Shows the ids of all batch requests from now on.
    public func releaseTokens() {
        state.withLock { state in
            for index in state.taken.indices { state.taken[index].isReleased = true }
        }
    }

    /// Changes a request, and puts the change into the feed of updates when it has words.
    public func change(
        _ id: String,
        to status: String,
        extended: String? = nil,
        words: String = "",
        at instant: Date = Date()
    ) {
        state.withLock { state in
            guard let index = state.taken.firstIndex(where: { $0.id == id }) else { return }
            state.taken[index].status = status
            state.taken[index].notes = words
            state.taken[index].updatedAt = instant
            guard let extended else { return }
            state.updates.append(
                Update(id: "u\(state.updates.count + 1)", requestID: id, status: extended, words: words, at: instant)
            )
        }
    }
}

extension FakeOpen311Server {
    private static func take(
        _ fields: [String: [String]],
        _ token: String?,
        at instant: Date,
        in state: inout State
    ) -> Taken {
        let request = Taken(
            id: "R\(state.taken.count + 1)",
            token: token,
            isReleased: token == nil,
            fields: fields,
            status: "open",
            notes: "",
            takenAt: instant,
            updatedAt: instant
        )
        state.taken.append(request)
        return request
    }

    /// One connection, one request, one answer.
    private func serve(_ connection: Int32) {
        guard let (method, target, headers, already, length) = readHead(connection) else { return }
        let behaviour = state.withLock { state -> Behaviour in
            guard method == "POST" else { return state.reading }
            return state.behaviours.isEmpty ? state.usual : state.behaviours.removeFirst()
        }
        if behaviour == .hangUp {
            record(Arrival(method: method, target: target, headers: headers, body: "", fields: [:]))
            return
        }
        guard let body = readBody(connection, already, length) else { return }
        let form = method == "POST" ? body : String(target.drop { $0 != "?" }.dropFirst())
        let arrival = Arrival(
            method: method,
            target: target,
            headers: headers,
            body: body,
            fields: Self.fields(of: form)
        )
        record(arrival)
        answer(arrival, behaviour, connection)
    }

    private func record(_ arrival: Arrival) { state.withLock { $0.arrivals.append(arrival) } }

    private func answer(_ arrival: Arrival, _ behaviour: Behaviour, _ connection: Int32) {
        switch behaviour {
        case .hangUp: break
        case .hang: waitForTheOther(connection)
        case .answer(let status, let body, let headers): send(connection, status, body, headers)
        case .commitAndHangUp: commit(arrival, token: nil)
        case .commitAndAnswer(let status, let body):
            commit(arrival, token: nil)
            send(connection, status, body)
        case .endless: sendEndlessly(connection)
        case .slow(let milliseconds): sendSlowly(connection, milliseconds)
        case .batch:
            let taken = commit(arrival, token: "T\(UInt32.random(in: 1...UInt32.max))")
            send(connection, 200, Self.list("service_requests", "request", [[("token", taken.token ?? "")]]))
        case .blackbox:
            commit(arrival, token: nil)
            send(connection, 200, Self.list("service_requests", "request", [[("service_notice", "Thank you")]]))
        case .proper:
            if arrival.method == "POST" {
                let taken = commit(arrival, token: nil)
                send(connection, 200, Self.list("service_requests", "request", [[("service_request_id", taken.id)]]))
            } else {
                show(arrival, connection)
            }
        }
    }

    @discardableResult
    private func commit(_ arrival: Arrival, token: String?) -> Taken {
        state.withLock { Self.take(arrival.fields, token, at: Date(), in: &$0) }
    }

    private func show(_ arrival: Arrival, _ connection: Int32) {
        let path = arrival.target.prefix { $0 != "?" }
        let resource = path.split(separator: "/").suffix(2).map(String.init)
        guard let last = resource.last?.split(separator: ".").first.map(String.init) else { return }
        let state = state.withLock { $0 }
        func text(_ date: Date) -> String { date.formatted(.iso8601) }
        func entry(_ request: Taken) -> [(String, String)] {
            [
                ("service_request_id", request.id), ("status", request.status), ("status_notes", request.notes),
                ("service_code", request.fields["service_code"]?.first ?? ""),
                ("description", request.fields["description"]?.first ?? ""),
                ("requested_datetime", text(request.takenAt)), ("updated_datetime", text(request.updatedAt)),
            ]
        }
        func isInside(_ date: Date) -> Bool {
            let start = arrival.fields["start_date"]?.first.flatMap { try? Date($0, strategy: .iso8601) }
            let end = arrival.fields["end_date"]?.first.flatMap { try? Date($0, strategy: .iso8601) }
            return date >= (start ?? .distantPast) && date < (end ?? .distantFuture).addingTimeInterval(1)
        }
        switch (resource.first, last) {
        case ("tokens", let token):
            guard let request = state.taken.first(where: { $0.token == token }) else {
                return send(connection, 404, "")
            }
            let id = request.isReleased ? request.id : ""
            send(
                connection,
                200,
                Self.list("service_requests", "request", [[("service_request_id", id), ("token", token)]])
            )
        case ("requests", let id):
            guard let request = state.taken.first(where: { $0.id == id }) else { return send(connection, 404, "") }
            send(connection, 200, Self.list("service_requests", "request", [entry(request)]))
        case (_, "requests"):
            let code = arrival.fields["service_code"]?.first
            let found = state.taken.reversed()
                .filter { $0.isReleased && isInside($0.takenAt) }
                .filter { code == nil || $0.fields["service_code"]?.first == code }
            let size = min(Int(arrival.fields["page_size"]?.first ?? "") ?? 1000, state.largestPage)
            let page = state.knowsPages ? max(1, Int(arrival.fields["page"]?.first ?? "") ?? 1) : 1
            let shown = found.dropFirst((page - 1) * size).prefix(size)
            send(connection, 200, Self.list("service_requests", "request", shown.map(entry)))
        case (_, "servicerequestupdates"):
            let updates = state.updates.filter { isInside($0.at) }.map { update in
                [
                    ("update_id", update.id), ("service_request_id", update.requestID), ("status", update.status),
                    ("updated_datetime", text(update.at)), ("description", update.words),
                ]
            }
            send(connection, 200, Self.list("service_request_updates", "request_update", updates))
        default: send(connection, 404, "")
        }
    }

    private static func list(_ plural: String, _ singular: String, _ entries: [[(String, String)]]) -> String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        let inner = entries.map { fields in
            "<\(singular)>" + fields.map { "<\($0)>\(escaped($1))</\($0)>" }.joined() + "</\(singular)>"
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(plural)>\(inner.joined())</\(plural)>"
    }

    private static func fields(of form: String) -> [String: [String]] {
        func decoded(_ text: Substring) -> String {
            text.replacing("+", with: " ").removingPercentEncoding ?? ""
        }
        var fields: [String: [String]] = [:]
        for pair in form.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            fields[decoded(parts[0]), default: []].append(parts.count > 1 ? decoded(parts[1]) : "")
        }
        return fields
    }
}
