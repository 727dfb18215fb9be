public import Domain
public import Foundation
import Logging
import Metrics

/// Says where a call to 311 goes: one address for a SIP proxy, at once and from memory alone.
///
/// Rules: a town's own number goes to its desk; an exchange without consent, or after its withdrawal, goes to its old number from
/// that instant; an exchange whose towns share one desk goes there; everything else goes to the desk for everybody.
/// Calls that reach an old number are counted. No number is logged in full.
public struct RouteCall: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Routes one call.
    ///
    /// - Returns: the answer; its route is nil while no hub is set up.
    public func callAsFunction(caller: TelephoneNumber, dialled: TelephoneNumber, at: Date? = nil) -> ExchangeAnswer {
        let instant = at ?? surroundings.now()
        let answer = LookUpExchange(surroundings)(caller: caller, dialled: dialled, at: instant)
        if answer.hints.contains(.legacyDialled), let number = dialled.national {
            RecordLegacyCall(surroundings)(number, at: instant)
        }
        let kind = answer.route?.kind.rawValue ?? "none"
        Counter(label: "hub.telephony.route", dimensions: [("kind", kind), ("source", answer.source.rawValue)])
            .increment()
        surroundings.log.debug(
            "call routed",
            metadata: [
                "caller": "\(caller.masked)", "dialled": "\(dialled.masked)", "kind": "\(kind)",
                "exchange": "\(answer.exchange?.rawValue ?? "none")",
            ]
        )
        return answer
    }
}
