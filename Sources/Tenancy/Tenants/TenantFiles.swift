import Domain

/// What was read of one tenant's folder.
struct TenantReading {
    /// Who the tenant is.
    let tenant: Tenant

    /// Top of its `tenant.yml`, for faults between tenants.
    let file: YamlMapping

    /// Its catalogue as written.
    let entries: [CatalogueEntry]

    /// Top of its `services.yml`, for faults of the catalogue as a whole.
    let servicesFile: String

    /// Everything together; nil when something had a fault.
    let configuration: TenantConfiguration?
}

/// Reads the files of one tenant.
struct TenantFiles {
    let folder: String
    let parent: String
    let templates: [String: CatalogueTemplate]
    let faults: FaultList

    private static let required = ["tenant.yml", "services.yml", "calendar.yml"]
    private static let known =
        required + ["forwarding.yml", "deadlines.yml", "messages.yml", "moderation.yml", "README.md"]

    /// Reads all files; nil when even the tenant itself is unknown.
    func read() -> TenantReading? {
        let before = faults.count
        checkNames()
        let file = mapping("tenant.yml")
        let tenant = file.flatMap { TenantReader().read($0, folder: folder) }
        guard let file, let tenant else {
            // The other files are still read for what is wrong in themselves.
            _ = mapping("calendar.yml").map { CalendarReader(timeZone: "UTC").read($0) }
            _ = mapping("services.yml")
            return nil
        }
        let entries = mapping("services.yml").map {
            CatalogueReader(tenant: tenant, templates: templates, faults: faults).read($0)
        }
        let calendar = mapping("calendar.yml").flatMap { CalendarReader(timeZone: tenant.timeZone).read($0) }
        var forwarding: [ForwardingTarget] = []
        if FolderListing.names("\(parent)/\(folder)").contains("forwarding.yml") {
            forwarding = mapping("forwarding.yml").map { ForwardingReader(tenant: tenant).read($0) } ?? []
        }
        let messages =
            FolderListing.names("\(parent)/\(folder)").contains("messages.yml")
            ? mapping("messages.yml").map { MessagesReader().read($0) } : nil
        var moderation: ModerationSettings?
        if FolderListing.names("\(parent)/\(folder)").contains("moderation.yml") {
            moderation = mapping("moderation.yml").flatMap { ModerationReader().read($0) }
        }
        let services = ValidityChain(faults: faults).services(entries ?? [])
        var deadlines: DeadlinePolicy?
        if FolderListing.names("\(parent)/\(folder)").contains("deadlines.yml") {
            deadlines = mapping("deadlines.yml").flatMap {
                DeadlinesReader(tenant: tenant, services: Set(services.map(\.code))).read($0)
            }
        }
        CatalogueChecks(faults: faults).check(
            services,
            entries ?? [],
            forwarding,
            file: "\(parent)/\(folder)/services.yml"
        )
        var configuration: TenantConfiguration?
        if faults.count == before, let calendar {
            configuration = TenantConfiguration(
                tenant: tenant,
                catalogue: Catalogue(services: services),
                calendar: calendar,
                forwarding: forwarding,
                deadlines: deadlines,
                messages: messages,
                moderation: moderation
            )
        }
        return TenantReading(
            tenant: tenant,
            file: file,
            entries: entries ?? [],
            servicesFile: "\(parent)/\(folder)/services.yml",
            configuration: configuration
        )
    }

    private func checkNames() {
        let path = "\(parent)/\(folder)"
        if !JurisdictionID.isWellFormed(folder) {
            let message =
                "\"\(FaultText.shown(folder))\" cannot be a tenant's folder; must be \(JurisdictionID.form.english)"
            faults.add(FileFault(file: path, message: message))
        }
        for name in FolderListing.names(path) where !Self.known.contains(name) {
            let hint = NearMiss.hint(name, among: Self.known)
            faults.add(FileFault(file: "\(path)/\(name)", message: "is no file of a tenant\(hint)"))
        }
    }

    private func mapping(_ name: String) -> YamlMapping? {
        let file = YamlFile(name: "\(parent)/\(folder)/\(name)", faults: faults)
        guard let root = file.read(path: "\(parent)/\(folder)/\(name)") else { return nil }
        return YamlMapping(root, in: file.name, faults)
    }
}
