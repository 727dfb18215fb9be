import Domain
import Storage

/// What is wrong with entries of the telephone registers: nothing was stored.
public struct RegisterFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence each, naming the field or the file and row at fault.
    public let faults: [String]

    /// Faults.
    public init(_ faults: [String]) {
        self.faults = faults
    }

    /// A fault of one field.
    public init(_ field: String, _ fault: String) {
        faults = ["\(field): \(fault)"]
    }

    /// One line for each.
    public var description: String { faults.joined(separator: "\n") }
}

/// The names that entries of the registers may use, with the nearest one suggested for a name that is none.
struct RegisterNames {
    /// Exchanges of the list in force and of the register of exchanges.
    let exchanges: Set<ExchangeName>
    /// Areas of the layer municipality; empty before boundaries are in force: then any is taken.
    let municipalities: Set<AreaID>
    /// Bodies that answer in them, served here or not.
    let bodies: Set<JurisdictionID>

    func check(_ exchange: ExchangeName, _ field: String = "exchange") throws(RegisterFault) {
        guard !exchanges.isEmpty, !exchanges.contains(exchange) else { return }
        throw RegisterFault(
            field,
            "\(exchange) is no exchange of the list in force" + near(exchange.rawValue, exchanges.map(\.rawValue))
        )
    }

    func check(_ area: AreaID, _ field: String = "municipality") throws(RegisterFault) {
        guard !municipalities.isEmpty, !municipalities.contains(area) else { return }
        throw RegisterFault(
            field,
            "\(area) is no municipality of the boundaries in force"
                + near(area.rawValue, municipalities.map(\.rawValue))
        )
    }

    func check(_ body: JurisdictionID, _ field: String = "jurisdiction") throws(RegisterFault) {
        guard !bodies.isEmpty, !bodies.contains(body) else { return }
        throw RegisterFault(
            field,
            "\(body) is no tenant and no municipality's body" + near(body.rawValue, bodies.map(\.rawValue))
        )
    }

    private func near(_ word: String, _ known: [String]) -> String {
        let lower = word.lowercased()
        let close = known.filter { EditDistance.within(2, $0.lowercased(), lower) }.min()
        return close.map { "; did you mean \($0)?" } ?? ""
    }
}

extension Surroundings {
    /// The names registers may use now.
    var registerNames: RegisterNames {
        let municipalities = municipalities(at: now())
        return RegisterNames(
            exchanges: Set(numbering.plan.exchanges),
            municipalities: Set(municipalities.keys),
            bodies: Set(municipalities.values.compactMap(\.jurisdiction)).union(tenantIDs)
        )
    }

    /// Every active tenant, the hub among them.
    var tenantIDs: Set<JurisdictionID> { Set(directory.entries.map(\.id)) }
}
