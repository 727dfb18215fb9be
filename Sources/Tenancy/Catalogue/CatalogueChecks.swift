import Domain

/// Checks of a catalogue as a whole.
struct CatalogueChecks {
    let faults: FaultList

    /// Notes what is wrong among the services: catch-alls, and what forwarding says of services that do not exist.
    func check(_ services: [Service], _ entries: [CatalogueEntry], _ forwarding: [ForwardingTarget], file: String) {
        guard !services.isEmpty else { return }
        checkCatchAll(services, entries, file: file)
        let codes = Set(services.map(\.code))
        let forwardingFile = file.replacing("services.yml", with: "forwarding.yml")
        for target in forwarding {
            for code in target.serviceCodes.keys.sorted() where !codes.contains(code) {
                let message = FaultText.unknown(code.rawValue, "service of this tenant", among: codes.map(\.rawValue))
                faults.add(FileFault(file: forwardingFile, message: "target \(target.code): \(message)"))
            }
        }
    }

    private func checkCatchAll(_ services: [Service], _ entries: [CatalogueEntry], file: String) {
        let all = services.filter(\.isCatchAll)
        guard let first = all.first else {
            // An entry with a fault of its own may be the one.
            guard entries.allSatisfy({ $0.service != nil }) else { return }
            faults.add(
                FileFault(
                    file: file,
                    message: "no service has catch_all: true, so a matter that fits nowhere would be lost"
                )
            )
            return
        }
        for other in all where other.code != first.code && overlap(first, other) {
            let node = entries.first { $0.code == other.code }?.codeNode
            faults.add(
                FileFault(
                    file: node?.file ?? file,
                    line: node?.mark.line ?? 0,
                    column: node?.mark.column ?? 0,
                    message:
                        "\(other.code) and \(first.code) are both catch_all at one time (\(file)); a tenant has one"
                )
            )
        }
    }

    private func overlap(_ left: Service, _ right: Service) -> Bool {
        let leftEndsBefore = left.validUntil.map { $0 < right.validFrom } ?? false
        let rightEndsBefore = right.validUntil.map { $0 < left.validFrom } ?? false
        return !leftEndsBefore && !rightEndsBefore
    }
}
