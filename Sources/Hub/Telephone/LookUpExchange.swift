public import Domain
public import Foundation
import Geo
import Routing
import Storage

/// Says what the numbers of a call tell of where it is about: exchange, ranked candidates, the question to ask.
///
/// Never more than candidates: the address decides, or a point on the map.
public struct LookUpExchange: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Looks up, in memory.
    ///
    /// - Parameters:
    ///   - caller: the caller's own number, or that there is none.
    ///   - dialled: the number dialled, best the termination number the carrier delivered the call on.
    ///   - at: the instant of the call; nil: now.
    ///   - plan: the plan to ask instead of the one in force.
    public func callAsFunction(
        caller: TelephoneNumber,
        dialled: TelephoneNumber,
        at: Date? = nil,
        plan: NumberingPlan? = nil
    ) -> ExchangeAnswer {
        let instant = at ?? surroundings.now()
        return (plan ?? surroundings.numbering.plan).answer(
            caller: caller,
            dialled: dialled,
            at: instant,
            municipalities: surroundings.municipalities(at: instant)
        )
    }
}

extension Surroundings {
    /// Every municipality of the boundaries in force with the body that answers there, by area.
    func municipalities(at instant: Date) -> [AreaID: Municipality] {
        let index = geography.index
        let identity = "\(index.generation.map { "\($0)" } ?? "")|\(agreement.identity)"
        return numbering.municipalities(identity: identity) {
            let bodies = Dictionary(directory.entries.map { ($0.id, $0) }) { first, _ in first }
            let table = agreement.routing
            var found: [AreaID: Municipality] = [:]
            for area in index.areas where area.layer == .municipality {
                let id = area.jurisdictionID ?? JurisdictionID(rawValue: area.id.rawValue)
                let body = id.flatMap { bodies[$0] }
                let partner = PartnerID(rawValue: (id?.rawValue ?? area.id.rawValue)).flatMap {
                    table.partner($0, at: instant)
                }
                found[area.id] = Municipality(
                    area: area.id,
                    name: body?.name.plain ?? partner?.name.plain ?? LocalizedText(same: area.name),
                    jurisdiction: body != nil || partner != nil ? id : area.jurisdictionID,
                    isServed: body != nil
                )
            }
            return found
        }
    }
}
