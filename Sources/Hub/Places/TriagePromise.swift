import Domain
import Foundation
import Synchronization

/// By when a request without a lead is placed, with the last answer kept.
///
/// Every decision names it, and instants are whole seconds, so a busy second asks the same question a thousand times; walking
/// through a calendar's open hours would cost as much as the decision itself.
final class TriagePromise: Sendable {
    private struct Question: Hashable {
        let instant: Date
        let hub: JurisdictionID
        let digest: String
        let businessHours: Int
    }

    private let last = Mutex<(question: Question, due: Date?)?>(nil)

    /// The instant at which so many open hours of the hub have passed; nil for a number of hours that is no target.
    func due(from instant: Date, hub: HostedTenant, businessHours: Int) -> Date? {
        let question = Question(instant: instant, hub: hub.id, digest: hub.digest, businessHours: businessHours)
        if let known = last.withLock({ $0?.question == question ? $0 : nil }) { return known.due }
        let target = try? SLATarget(amount: businessHours, .businessHours)
        let due = target.map { hub.calendar.due(from: instant, target: $0) }
        last.withLock { $0 = (question, due) }
        return due
    }
}
