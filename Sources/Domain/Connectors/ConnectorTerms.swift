/// What a tenant agreed with one system outside, beyond where it is: what goes there, what its words mean, what it may set.
///
/// Written in `forwarding.yml`; a version stored before there were terms reads as ``plain``.
public struct ConnectorTerms: Sendable, Hashable, Codable {
    /// Fields sent and what the system calls them, in the order of its columns; empty: every field under our name.
    public var fields: [NamedField]

    /// The system's own words for a state, folded by ``StatusWords/folded(_:)``, and what they mean here.
    public var statuses: [String: ExtendedStatus]

    /// What the system may set of a request it was given.
    ///
    /// A closed list without priority, place, requester or time: those no system outside ever sets.
    public var maySet: [Settable]

    /// Whether the system's messages are shown to everybody; false keeps them to staff.
    public var notesArePublic: Bool

    /// What of a request's later life is told to the system.
    public var tells: Telling

    /// What waits for what.
    public var order: Order

    /// What is done when nobody knows whether something arrived and the system cannot be asked.
    public var whenUncertain: UncertainPolicy

    /// Minutes by which a look for news reaches back behind the last one.
    public var pollOverlapMinutes: Int

    /// How the system reaches us; nil when it does not.
    public var inbound: Inbound?

    /// Mailbox that answers to letters go to; the key of each request is put behind a plus sign in it.
    public var replyTo: String?

    /// Form of files.
    public var fileFormat: FileFormat

    /// One field of ours under the system's name.
    public struct NamedField: Sendable, Hashable, Codable {
        /// Ours.
        public let field: ConnectorField
        /// Theirs.
        public let name: String

        /// A field and its name.
        public init(_ field: ConnectorField, as name: String) {
            self.field = field
            self.name = name
        }
    }

    /// What a system outside may set.
    public enum Settable: String, Sendable, Hashable, Codable, CaseIterable {
        /// The steps before the end: read, work assigned.
        case steps
        /// The end and how it ended, and opening again.
        case outcome
        /// Messages.
        case notes
    }

    /// What is told after the request itself.
    public enum Telling: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing.
        case nothing
        /// What changes its work: opened again, ended here, offered to another body, a message of the requester.
        case essential
        /// Every public step.
        case all
    }

    /// What waits for what in the outbox.
    public enum Order: String, Sendable, Hashable, Codable, CaseIterable {
        /// Only what concerns the same request.
        case request
        /// Everything for this system: strictly one after the other.
        case target
    }

    /// What becomes of a sending whose outcome nobody knows.
    public enum UncertainPolicy: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is sent again under the same key; at most one more copy for each crash, each counted.
        case resend
        /// It waits until an operator says whether it arrived.
        case askOperator = "ask_operator"
    }

    /// Form of files.
    public enum FileFormat: String, Sendable, Hashable, Codable, CaseIterable {
        /// Comma-separated values with a header, cells guarded against formulas.
        case csv
        /// A JSON object on each line.
        case jsonLines = "json_lines"

        /// What its files end in.
        public var suffix: String { self == .csv ? "csv" : "jsonl" }
    }

    /// How a system reaches us.
    public struct Inbound: Sendable, Hashable, Codable {
        /// Environment variable with the secret that signs calls to `/webhooks/<tenant>/<connector>`; nil: none are taken.
        public var keyVariable: String?

        /// Whether files of finished work and letters are taken from the connector's folders.
        public var readsFolder: Bool

        /// What the system calls the fields of a message; absent ones have our names.
        public var fields: [String: String]

        /// A way in.
        public init(keyVariable: String? = nil, readsFolder: Bool = false, fields: [String: String] = [:]) {
            self.keyVariable = keyVariable
            self.readsFolder = readsFolder
            self.fields = fields
        }

        /// Names of the fields a message may have.
        public static let fieldNames = ["reference", "id", "update_id", "status", "text", "at"]

        private enum CodingKeys: String, CodingKey {
            case keyVariable = "key_variable"
            case readsFolder = "reads_folder"
            case fields
        }
    }

    /// Nothing agreed beyond the standard: everything under our names, the words of the updates extension, steps, outcome and notes.
    public static let plain = ConnectorTerms()

    /// Terms; what is left out is as in ``plain``.
    public init(
        fields: [NamedField] = [],
        statuses: [String: ExtendedStatus] = [:],
        maySet: [Settable] = Settable.allCases,
        notesArePublic: Bool = true,
        tells: Telling = .nothing,
        order: Order = .request,
        whenUncertain: UncertainPolicy = .askOperator,
        pollOverlapMinutes: Int = 5,
        inbound: Inbound? = nil,
        replyTo: String? = nil,
        fileFormat: FileFormat = .csv
    ) {
        self.fields = fields
        self.statuses = statuses
        self.maySet = maySet
        self.notesArePublic = notesArePublic
        self.tells = tells
        self.order = order
        self.whenUncertain = whenUncertain
        self.pollOverlapMinutes = pollOverlapMinutes
        self.inbound = inbound
        self.replyTo = replyTo
        self.fileFormat = fileFormat
    }

    private enum CodingKeys: String, CodingKey {
        case fields, statuses, tells, order, inbound
        case maySet = "may_set"
        case notesArePublic = "notes_public"
        case whenUncertain = "when_uncertain"
        case pollOverlapMinutes = "poll_overlap_minutes"
        case replyTo = "reply_to"
        case fileFormat = "file_format"
    }
}

extension ConnectorTerms {
    /// What a word of the system means: by the tenant's own list, else by the words everybody knows; nil when by neither.
    public func meaning(of word: String) -> ExtendedStatus? {
        statuses[StatusWords.folded(word)] ?? StatusWords.meaning(of: word)
    }

    /// What is left of a state when the system may not set all of it: `unchanged` for what it may not.
    public func allowed(_ status: ExtendedStatus) -> ExtendedStatus {
        switch status {
        case .unchanged: .unchanged
        case .open, .inProgress, .planned, .actionScheduled, .investigating, .internalReferral, .forTriage:
            maySet.contains(.steps) ? status : .unchanged
        case .closed, .fixed, .duplicate, .notCouncilsResponsibility, .noFurtherAction, .cancelled, .reopen:
            maySet.contains(.outcome) ? status : .unchanged
        }
    }
}
