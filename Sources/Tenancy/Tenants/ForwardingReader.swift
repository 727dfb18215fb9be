import Domain

/// Reads `forwarding.yml`: systems outside that take a tenant's requests.
struct ForwardingReader {
    let tenant: Tenant

    /// The targets, in order.
    func read(_ map: YamlMapping) -> [ForwardingTarget] {
        var targets: [ForwardingTarget] = []
        _ = map.entry("targets")
        for node in map.entry("targets")?.value.isEmpty == true ? [] : map.list("targets") {
            guard let entry = YamlMapping(node, in: node.file, map.faults), let target = target(entry) else { continue }
            if targets.contains(where: { $0.code == target.code }) {
                entry.fault("code", "the target \(target.code) is listed twice")
            }
            targets.append(target)
        }
        map.finish()
        return targets
    }

    private func target(_ map: YamlMapping) -> ForwardingTarget? {
        let code = map.requiredChecked("code", as: DepartmentCode.self)
        let kind = map.requiredChoice("kind", as: ForwardingTarget.Kind.self, called: "kind of target")
        let allowsPrivate = map.flag("allow_private_address", default: false)
        let endpoint = place(map, kind, allowsPrivate: allowsPrivate)
        let jurisdiction = map.text("jurisdiction_id", atMost: 200)
        let variable = variable(map)
        let format = map.choice("format", default: ForwardingTarget.Format.xml, called: "format")
        let departments = departments(map)
        let codes = serviceCodes(map)
        let onlyListed = map.flag("only_listed_services", default: false)
        let poll = map.integer("poll_minutes", in: 1...1_440, default: 15)
        let timeout = map.integer("timeout_seconds", in: 1...120, default: 20)
        let isEnabled = map.flag("enabled", default: true)
        let receivesStaffOnly = map.flag("receives_staff_only", default: false)
        let terms = ConnectorTermsReader().read(map, kind: kind ?? .open311)
        map.finish()
        if kind == .webhook, variable == nil, !map.has("api_key_variable") {
            map.fault("kind", "a webhook is signed: name the environment variable of its secret in api_key_variable")
        }
        if onlyListed, codes.isEmpty {
            map.fault("only_listed_services", "only listed services go there, but \"service_codes\" lists none")
        }
        guard let code, let kind, let endpoint else { return nil }
        return ForwardingTarget(
            code: code.rawValue,
            kind: kind,
            endpoint: endpoint,
            jurisdictionID: jurisdiction,
            apiKeyVariable: variable,
            format: format,
            departments: departments,
            serviceCodes: codes,
            onlyListedServices: onlyListed,
            pollMinutes: poll,
            timeoutSeconds: timeout,
            allowsPrivateAddress: allowsPrivate,
            isEnabled: isEnabled,
            receivesStaffOnly: receivesStaffOnly,
            terms: terms
        )
    }

    /// Where things go, under the key that fits the kind: `endpoint`, `mailbox` or `folder`.
    private func place(_ map: YamlMapping, _ kind: ForwardingTarget.Kind?, allowsPrivate: Bool) -> String? {
        switch kind {
        case .email:
            return map.requiredText("mailbox", atMost: 254).flatMap { ContactForms.email($0, "mailbox", in: map) }
        case .file:
            return map.requiredChecked("folder", as: DepartmentCode.self)?.rawValue
        case .webhook:
            return endpoint(map, allowsPrivate: allowsPrivate)
        case .open311, nil:
            return endpoint(map, allowsPrivate: allowsPrivate).map { $0.hasSuffix("/") ? $0 : $0 + "/" }
        }
    }

    private func endpoint(_ map: YamlMapping, allowsPrivate: Bool) -> String? {
        guard let text = map.requiredText("endpoint", atMost: 500) else { return nil }
        let shown = FaultText.shown(text)
        guard let address = WebAddress(text) else {
            map.fault("endpoint", "\"\(shown)\" is no web address; write it as https://work.example.org/open311/v2/")
            return nil
        }
        if address.user != nil {
            map.fault(
                "endpoint",
                "an endpoint carries no user or password; name the key's environment variable in api_key_variable"
            )
            return nil
        }
        if address.hasQueryOrFragment {
            map.fault("endpoint", "\"\(shown)\" has a query or fragment; give the base address alone")
            return nil
        }
        if !allowsPrivate, !address.isEncrypted {
            map.fault("endpoint", "\"\(shown)\" is not https; people's data goes there")
            return nil
        }
        if !allowsPrivate, address.isPrivateOrLiteral {
            map.fault(
                "endpoint",
                "\"\(shown)\" is a private or literal address; a system in the tenant's own network needs allow_private_address: true"
            )
            return nil
        }
        return text
    }

    private func variable(_ map: YamlMapping) -> String? {
        for secret in ["api_key", "password", "secret", "token"] where map.has(secret) {
            map.fault(
                secret,
                "a secret never stands in a file; put it in an environment variable and name that in api_key_variable"
            )
        }
        guard let name = map.text("api_key_variable", atMost: 80) else { return nil }
        guard EnvironmentName.isWellFormed(name) else {
            map.fault("api_key_variable", EnvironmentName.fault)
            return nil
        }
        return name
    }

    private func departments(_ map: YamlMapping) -> [DepartmentCode] {
        map.texts("departments", orOne: true, atMost: 40).compactMap { code, mark in
            guard let department = try? DepartmentCode(code), tenant.department(department) != nil else {
                let known = tenant.departments.map(\.code.rawValue)
                map.fault(at: mark, FaultText.unknown(code, "department of \(tenant.id)", among: known))
                return nil
            }
            return department
        }
    }

    private func serviceCodes(_ map: YamlMapping) -> [ServiceCode: String] {
        guard let codes = map.mapping("service_codes") else { return [:] }
        var found: [ServiceCode: String] = [:]
        for entry in codes.allEntries() {
            guard let code = try? ServiceCode(entry.key) else {
                codes.fault(at: entry.mark, "\"\(FaultText.shown(entry.key))\" must be \(ServiceCode.form.english)")
                continue
            }
            found[code] = codes.requiredText(entry.key, atMost: 100)
        }
        return found
    }
}
