public import Domain
public import Hummingbird

/// A request that cannot be answered as asked, with what the caller can do about it.
///
/// Handlers throw it; the middleware of each face renders it in that face's shape: errors body for Open311, JSON for the
/// API, a page for people. It carries no internals.
public struct HTTPFault: Error, Sendable {
    /// One fault; `field` names what is at fault when it is a field.
    public struct Entry: Sendable, Hashable {
        /// Parameter, question or header at fault; nil when it is the request as a whole.
        public let field: String?
        /// The kind of fault in one word, for software; nil: the status says it all.
        public let code: String?
        /// For a human, in both languages.
        public let message: LocalizedText

        /// A fault.
        public init(field: String? = nil, code: String? = nil, _ message: LocalizedText) {
            self.field = field
            self.code = code
            self.message = message
        }
    }

    /// The HTTP status.
    public let status: HTTPResponse.Status
    /// At least one fault, in the order of the fields.
    public let entries: [Entry]
    /// Further headers: `Allow`, `Retry-After`.
    public let headers: HTTPFields

    /// A fault of several fields.
    public init(_ status: HTTPResponse.Status, _ entries: [Entry], headers: HTTPFields = [:]) {
        self.status = status
        self.entries = entries
        self.headers = headers
    }

    /// A fault in one sentence per language.
    public init(_ status: HTTPResponse.Status, english: String, french: String, headers: HTTPFields = [:]) {
        self.init(status, [Entry(LocalizedText(english: english, french: french))], headers: headers)
    }

    /// What the checks of a form or an API call found.
    public init(_ faults: [FieldFault]) {
        self.init(
            .badRequest,
            faults.map { fault in
                Entry(
                    field: fault.field,
                    code: fault.code.rawValue,
                    LocalizedText(english: fault.message(.english), french: fault.message(.french))
                )
            }
        )
    }

    /// Unknown and foreign look exactly alike.
    public static let notFound = HTTPFault(
        .notFound,
        english: "nothing is known under this address",
        french: "rien n’existe à cette adresse"
    )
}
