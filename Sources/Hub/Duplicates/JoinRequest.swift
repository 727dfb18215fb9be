import Crypto
public import Domain
import Foundation
import Storage

/// "Me too": somebody joins a request that is there already instead of making another one.
public struct JoinRequest: Sendable {
    /// Who joins.
    public struct Wish: Sendable, Hashable {
        /// How to send news; nil when none are wanted.
        public var contact: Requester?
        /// Language of the news.
        public var language: Language
        /// The way they came.
        public var channel: Channel
        /// The same for the same person on the same form, so that pressing twice counts once.
        public var key: String

        /// A wish.
        public init(contact: Requester?, language: Language, channel: Channel, key: String) {
            self.contact = contact
            self.language = language
            self.channel = channel
            self.key = key
        }
    }

    /// What became of it.
    public enum Answer: Sendable, Hashable {
        /// Joined, now or before, to the request of this reference; so many others asked for the same.
        case joined(RequestReference, others: Int)
        /// It has ended; nothing was noted.
        case ended(RequestReference)
        /// Unknown, not public or not readable yet: all alike.
        case unknown
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Joins a request; a duplicate leads to the one it repeats, whose reference is the answer.
    ///
    /// An address for news is asked once whether it wants them, as any other that wants to follow: it may be somebody else's.
    public func callAsFunction(_ reference: RequestReference, _ wish: Wish) async throws -> Answer {
        var target = reference
        // A parent may itself repeat another; a ring of them ends here.
        for _ in 0..<8 {
            switch try await join(target, wish) {
            case .done(let answer): return answer
            case .joined(let parent, let others):
                if let email = wish.contact?.email, wish.contact?.wantsNews != false {
                    _ = try await FollowRequest(surroundings)(parent, email: email, language: wish.language)
                }
                return .joined(parent, others: others)
            case .leadsTo(let parent): target = parent
            }
        }
        return .unknown
    }

    private enum Step {
        case done(Answer)
        case joined(RequestReference, others: Int)
        case leadsTo(RequestReference)
    }

    private func join(_ reference: RequestReference, _ wish: Wish) async throws -> Step {
        guard let tenant = try await surroundings.directory.tenant(code: reference.code) else { return .done(.unknown) }
        let now = surroundings.now()
        let key = SHA256.hash(data: Data(wish.key.utf8)).map { String(format: "%02x", $0) }.joined()
        do {
            return try await surroundings.databases.withTenant(tenant.code) { transaction in
                let requests = ServiceRequests(transaction)
                guard let request = try await requests.read(reference, readableAt: now), request.visibility == .public
                else { return .done(.unknown) }
                if let parent = request.parent { return .leadsTo(parent) }
                let followers = Followers(transaction)
                let others = try await Duplicates(transaction).counts(of: reference).all
                let joined = try await followers.count(of: reference)
                if try await followers.has(key, of: reference) {
                    return .done(.joined(reference, others: others + max(joined - 1, 0)))
                }
                guard request.life.isOpen else { return .done(.ended(reference)) }
                var person: StoredRequester?
                if let contact = wish.contact, !contact.isEmpty {
                    let requester = StoredRequester(
                        reference: reference,
                        requester: contact,
                        language: wish.language,
                        notedAt: now
                    )
                    try await Requesters(transaction).insert(requester)
                    person = requester
                }
                try await followers.insert(
                    StoredFollower(
                        reference: reference,
                        requesterID: person?.id,
                        joiningKey: key,
                        channel: wish.channel,
                        language: wish.language,
                        joinedAt: now
                    )
                )
                return .joined(reference, others: others + joined)
            }
        } catch let fault as StorageError where fault.isAlreadyThere {
            // Pressed twice at once: the other one was first.
            return .done(.joined(reference, others: 0))
        }
    }
}
