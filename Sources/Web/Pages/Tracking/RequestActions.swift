import Domain
import Foundation
import Hub

/// What the person who reported may do with a request: say that it is not done, or take it back.
struct RequestActions {
    /// "Not fixed? Tell us by …"; nil when it cannot be said.
    let dispute: String?
    /// Whether it can be taken back.
    let canWithdraw: Bool
    /// The private key, when it was shown; without it the page asks for it.
    let key: String?
    /// What was wrong with what the person asked for last.
    let fault: String?

    /// What can be asked for by the form.
    enum Act: String {
        case dispute, withdraw
    }

    /// Nil where nothing can be done.
    init?(_ tracked: TrackedRequest, key: String?, fault: String?, _ dates: PageDates, _ words: Words) {
        let legal = tracked.request.life.legalHappenings
        let window = tracked.disputeWindow
        let isInTime = window.map { $0.isOpen(at: tracked.readAt) } ?? false
        dispute =
            legal.contains(.dispute) && isInTime
            ? window.map { words("track.dispute-heading", ["date": dates.day($0.closesAt.addingTimeInterval(-1))]) }
            : nil
        canWithdraw = legal.contains(.withdraw)
        self.key = key
        self.fault = fault
        guard dispute != nil || canWithdraw || fault != nil else { return nil }
    }
}
