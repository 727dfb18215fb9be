import Domain

/// Checks between tenants: codes, hosts, the one hub, and the public types that every catalogue names.
struct RegionChecks {
    let folder: String
    let templates: [String: CatalogueTemplate]
    let faults: FaultList

    /// Whether every folder could be read as a tenant; one that could not may be the hub.
    let isComplete: Bool

    /// Notes everything wrong among the tenants that were read.
    func check(_ readings: [TenantReading]) {
        checkUnique(readings)
        checkHub(readings)
        checkSuccessors(readings)
        if let hub = readings.first(where: { $0.tenant.tier == .hub }) {
            checkPublicTypes(readings, hub)
        }
    }

    private func checkUnique(_ readings: [TenantReading]) {
        var codes: [TenantCode: TenantReading] = [:]
        var hosts: [String: TenantReading] = [:]
        for reading in readings {
            let code = reading.tenant.code
            if let other = codes[code] {
                reading.file.fault(
                    "code",
                    "the code \(code) belongs to \(other.tenant.id) already; codes are unique for ever"
                )
            } else {
                codes[code] = reading
            }
            for host in reading.tenant.hosts {
                if let other = hosts[host] {
                    reading.file.fault("hosts", "the host \(host) belongs to \(other.tenant.id) already")
                } else {
                    hosts[host] = reading
                }
            }
        }
    }

    /// A jurisdiction that was merged into another has no folder any more, and one successor.
    private func checkSuccessors(_ readings: [TenantReading]) {
        let present = Set(readings.map(\.tenant.id))
        var successors: [JurisdictionID: JurisdictionID] = [:]
        for reading in readings {
            for merged in reading.tenant.succeeds ?? [] {
                if present.contains(merged) {
                    reading.file.fault(
                        "succeeds",
                        "\(merged) still has a folder; remove it when it is merged into another"
                    )
                } else if let other = successors[merged] {
                    reading.file.fault("succeeds", "\(merged) was merged into \(other) already; it has one successor")
                } else {
                    successors[merged] = reading.tenant.id
                }
            }
        }
    }

    private func checkHub(_ readings: [TenantReading]) {
        let hubs = readings.filter { $0.tenant.tier == .hub }
        let isAlone = readings.count == 1 && readings[0].tenant.tier == .single
        if hubs.isEmpty, !readings.isEmpty, isComplete, !isAlone {
            faults.add(
                FileFault(
                    file: folder,
                    message: "no tenant has tier: hub; one folder describes the agency that runs the hub"
                )
            )
        }
        for hub in hubs.dropFirst() {
            hub.file.fault("tier", "\(hubs[0].tenant.id) is the hub already; a hub has one")
        }
        if readings.isEmpty, faults.isEmpty {
            faults.add(FileFault(file: folder, message: "holds no tenant"))
        }
    }

    /// Public types are the hub's catalogue; every other catalogue may only name what stands there.
    private func checkPublicTypes(_ readings: [TenantReading], _ hub: TenantReading) {
        guard !hub.entries.isEmpty else { return }
        let known = Set(hub.entries.map(\.code))
        let names = known.map(\.rawValue)
        for entry in hub.entries {
            guard let service = entry.service, service.publicType != service.code else { continue }
            let place = entry.node.child("public_type") ?? entry.codeNode
            faults.add(
                place.file,
                place.mark,
                "\(service.code) stands for the public type \(service.publicType), so \(hub.tenant.id), whose catalogue is the list of "
                    + "public types, cannot offer it; leave it out there with \"except\""
            )
        }
        for reading in readings where reading.tenant.tier != .hub {
            for entry in reading.entries {
                guard let service = entry.service else { continue }
                check(entry, service, known, names, reading, hub)
            }
        }
    }

    private func check(
        _ entry: CatalogueEntry,
        _ service: Service,
        _ known: Set<ServiceCode>,
        _ names: [String],
        _ reading: TenantReading,
        _ hub: TenantReading
    ) {
        let written = entry.node.child("public_type")
        // A tenant's own type may be of no interest to the region; then it is offered by that tenant alone.
        let isLocal = written == nil && entry.template == nil
        if !isLocal, !known.contains(service.publicType) {
            let place = written ?? entry.codeNode
            let hint = NearMiss.hint(service.publicType.rawValue, among: names)
            faults.add(
                place.file,
                place.mark,
                "the public type \(service.publicType) of \(service.code) (\(reading.tenant.id)) is not in the catalogue of "
                    + "\(hub.tenant.id)\(hint)"
            )
        }
        for told in service.alsoTold {
            guard let type = told.publicType, !known.contains(type) else { continue }
            let place = entry.node.child("also_tell") ?? entry.codeNode
            let hint = NearMiss.hint(type.rawValue, among: names)
            faults.add(
                place.file,
                place.mark,
                "the public type \(type) that \(service.code) also tells is not in the catalogue of \(hub.tenant.id)\(hint)"
            )
        }
    }
}
