public import Hummingbird
public import Logging
public import NIOCore

/// What travels with one HTTP request: its id, the peer's address, and the names under which it is counted.
public struct HubRequestContext: RequestContext {
    /// What Hummingbird itself keeps.
    public var coreContext: CoreRequestContextStorage
    /// Address of the peer as the socket tells it; nil in tests without a socket.
    public let remoteAddress: SocketAddress?
    /// What this client may still do; nil when nothing of it is counted.
    public var gate: RequestGate?

    /// A context for a request that just came in.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
        gate = nil
    }
}
