public import Domain
import Foundation

/// What one connector was given on one day, held against what it says it has.
public struct Reconciliation: Sendable, Hashable, Codable {
    /// The tenant.
    public let tenant: JurisdictionID
    /// The connector.
    public let connector: String
    /// The tenant's local day.
    public let day: String
    /// How the other side was asked.
    public let asked: Asked
    /// Requests of the day that it was given, by our books.
    public let given: Int
    /// Rows of the day that were sent: requests and what became of them.
    public let sent: Int
    /// Requests of the day that it has, by its own word; nil when it could not be asked.
    public let there: Int?
    /// Messages that came from it on the day.
    public let heard: Int
    /// Everything that does not agree.
    public let differences: [Difference]

    /// How the other side was asked.
    public enum Asked: String, Sendable, Hashable, Codable {
        /// Its list of requests was read.
        case server
        /// It put a list into its folder.
        case list
        /// It cannot be asked: only our own books are held against each other.
        case notAtAll = "not_at_all"
        /// It did not answer.
        case noAnswer = "no_answer"
    }

    /// One thing that does not agree.
    public struct Difference: Sendable, Hashable, Codable {
        /// What is wrong.
        public let kind: Kind
        /// Our reference; nil when it is none of ours.
        public let reference: String?
        /// The system's id; nil when it has none.
        public let remoteID: String?
        /// For an operator.
        public let detail: String

        /// Kinds of difference.
        public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
            /// Given by our books, and not there.
            case missingThere = "missing_there"
            /// There with our mark, and not given by our books.
            case unknownHere = "unknown_here"
            /// There more than once.
            case doubledThere = "doubled_there"
            /// Closed on one side only.
            case statusDiffers = "status_differs"
            /// Still waits, failed, uncertain or given up here.
            case notSent = "not_sent"
            /// What it told was refused here.
            case refusedHere = "refused_here"
        }

        init(_ kind: Kind, reference: String?, remoteID: String? = nil, _ detail: String) {
            self.kind = kind
            self.reference = reference
            self.remoteID = remoteID
            self.detail = detail
        }

        private enum CodingKeys: String, CodingKey {
            case kind, reference, detail
            case remoteID = "id"
        }
    }
}
