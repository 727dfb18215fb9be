/// A thing GeoReport sends by itself, in either format.
public protocol Message: Sendable {
    /// Writes the whole, root included.
    func write(to writer: inout MessageWriter)
}

extension Message {
    /// The message in bytes.
    public func encoded(as format: Format) -> [UInt8] {
        var writer = MessageWriter(format)
        write(to: &writer)
        return writer.takeBytes()
    }
}

/// A thing GeoReport sends as a member of a list.
public protocol ListMember: Sendable {
    /// Name of the list it stands in, and of itself there.
    static var list: ListName { get }

    /// Writes its own fields, between the begin and the end of its object.
    func writeFields(to writer: inout MessageWriter)
}

/// A list sent whole; lists of unknown length go through ``ListStream``.
public struct ListMessage<Member: ListMember>: Message {
    /// The members in the order they are sent.
    public let members: [Member]

    /// A list of any length, none included.
    public init(_ members: [Member]) {
        self.members = members
    }

    /// Writes the wrapper and each member.
    public func write(to writer: inout MessageWriter) {
        writer.beginList(Member.list)
        for member in members { writer.write(member) }
        writer.endList()
    }
}

extension ListMember {
    /// A list with this member alone, in bytes: what a POST or a look-up of one thing answers.
    public func encodedAlone(as format: Format) -> [UInt8] {
        ListMessage([self]).encoded(as: format)
    }
}

extension MessageWriter {
    /// Writes the next member of the list that is open.
    mutating func write(_ member: some ListMember) {
        beginObject()
        member.writeFields(to: &self)
        endObject()
    }

    /// Writes a list as a field of the object that is open.
    mutating func write(_ members: [some ListMember]) {
        ListMessage(members).write(to: &self)
    }
}

/// A long list sent piece by piece, with memory for one piece.
///
/// ```swift
/// var stream = ListStream<ServiceRequestMessage>(.xml)
/// for try await request in requests {
///     stream.append(request)
///     if stream.pendingBytes > 16_384 { try await send(stream.takeBytes()) }
/// }
/// try await send(stream.finish())
/// ```
public struct ListStream<Member: ListMember>: Sendable {
    private var writer: MessageWriter

    /// Begins the list.
    public init(_ format: Format) {
        writer = MessageWriter(format)
        writer.beginList(Member.list)
    }

    /// Adds a member.
    public mutating func append(_ member: Member) { writer.write(member) }

    /// Number of bytes written and not yet taken.
    public var pendingBytes: Int { writer.pendingBytes }

    /// What was written since the last time.
    public mutating func takeBytes() -> [UInt8] { writer.takeBytes() }

    /// Ends the list and gives what is left of it.
    public mutating func finish() -> [UInt8] {
        writer.endList()
        return writer.takeBytes()
    }
}
