/// The body of every answer that is no success: `errors` with one or more `error`.
public struct ErrorsMessage: Message, Hashable {
    /// One entry.
    public struct Entry: ListMember, Hashable {
        /// HTTP status or a finer number that begins with it.
        public let code: Int

        /// A sentence for a human.
        public let description: String

        /// An entry with its sentence.
        public init(code: Int, description: String) {
            self.code = code
            self.description = description
        }

        /// `errors/error`.
        public static let list = ListName.errors

        /// Writes code and description.
        public func writeFields(to writer: inout MessageWriter) {
            writer.field("code", code)
            writer.field("description", description)
        }
    }

    /// The entries, one or more.
    public let entries: [Entry]

    /// Entries made elsewhere.
    public init(entries: [Entry]) {
        self.entries = entries
    }

    /// One entry per fault.
    public init(_ faults: [Open311Fault]) {
        entries = faults.map { Entry(code: $0.code, description: $0.description) }
    }

    /// Writes the list.
    public func write(to writer: inout MessageWriter) {
        ListMessage(entries).write(to: &writer)
    }
}
