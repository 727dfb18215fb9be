import Domain
import Foundation

/// A request of the sender repeats one that was born under the receiver's code.
struct ChildLinked: Sendable, Codable {
    let child: RequestReference
    let parent: RequestReference
    let at: Date
    let by: String
}

/// A request of the sender stands for itself again.
struct ChildUnlinked: Sendable, Codable {
    let child: RequestReference
    let parent: RequestReference
    let at: Date
    let by: String
}

/// A request that others repeat has ended: they end with it, a lot at a time.
struct ParentEnded: Sendable, Codable {
    let parent: RequestReference
    let outcome: Outcome
    let at: Date
    /// Whether other tenants have yet to be told; only where the parent itself lies.
    var tellsOthers: Bool
    /// The last child of the lot before; empty at the beginning.
    var after = ""
    /// The child that goes on in the place of a parent that was taken back; nil before one was chosen.
    var successor: RequestReference?
    /// Whether the parent stands for a declared event: it collects wherever it reaches, so everybody hears of its end.
    var isEvent = false
    /// Whether this is the second look, for reports that came in while the event was being closed.
    var isSecondLook = false
}

/// What of a request the public may see was decided where it was held.
struct PublicationWord: Sendable, Codable {
    let reference: RequestReference
    let withheld: Withheld
    let at: Date
    let by: String
}

/// How a request ended, in a clause after "has ended:".
enum OutcomeWords {
    static func clause(_ outcome: Outcome) -> LocalizedText {
        switch outcome {
        case .fixed: LocalizedText(english: "fixed", french: "réparé")
        case .madeSafe: LocalizedText(english: "made safe", french: "lieux sécurisés")
        case .inspectedMeetsStandard:
            LocalizedText(english: "inspected, meets the standard", french: "inspecté, conforme à la norme")
        case .notFound: LocalizedText(english: "not found", french: "introuvable")
        case .duplicate: LocalizedText(english: "the same as another request", french: "identique à une autre demande")
        case .couldNotReach:
            LocalizedText(english: "could not reach the requester", french: "impossible de joindre la personne")
        case .withdrawn: LocalizedText(english: "withdrawn", french: "retirée")
        case .declined: LocalizedText(english: "it will not be done", french: "cela ne sera pas fait")
        case .unspecified: LocalizedText(english: "closed", french: "fermée")
        }
    }
}
