import Domain

/// Reads `sign_in` of `tenant.yml`: the services where a tenant's staff sign in.
struct SignInReader {
    let departments: [String]
    let isHub: Bool

    /// The services, in order.
    func read(_ map: YamlMapping) -> [SignInService] {
        guard map.has("sign_in") else { return [] }
        var services: [SignInService] = []
        for node in map.list("sign_in") {
            guard let entry = YamlMapping(node, in: node.file, map.faults), let service = service(entry) else {
                continue
            }
            if services.contains(where: { $0.code == service.code }) {
                entry.fault("code", "the sign-in service \(service.code) is listed twice")
            }
            if services.contains(where: { $0.issuer == service.issuer && $0.clientID == service.clientID }) {
                entry.fault("issuer", "the same issuer and client_id are listed twice")
            }
            services.append(service)
        }
        return services
    }

    private func service(_ map: YamlMapping) -> SignInService? {
        let code = map.requiredChecked("code", as: DepartmentCode.self)
        let name = map.requiredLocalized("name", atMost: 100)
        let issuer = issuer(map)
        let client = map.requiredText("client_id", atMost: 200)
        let variable = variable(map)
        let claim = map.text("groups_claim", atMost: 60) ?? "groups"
        _ = map.required("groups")
        let groups = map.list("groups").compactMap { node -> SignInService.GroupRule? in
            YamlMapping(node, in: node.file, map.faults).flatMap(rule)
        }
        map.finish()
        guard let code, let name, let issuer, let client else { return nil }
        return SignInService(
            code: code.rawValue,
            name: name,
            issuer: issuer,
            clientID: client,
            secretVariable: variable,
            groupsClaim: claim,
            groups: groups
        )
    }

    private func issuer(_ map: YamlMapping) -> String? {
        guard let text = map.requiredText("issuer", atMost: 300) else { return nil }
        guard let address = WebAddress(text), address.isEncrypted, address.user == nil, !address.hasQueryOrFragment
        else {
            map.fault(
                "issuer",
                "\"\(FaultText.shown(text))\" is no issuer; write it as its tokens name it, such as https://login.example.org"
            )
            return nil
        }
        return text
    }

    private func variable(_ map: YamlMapping) -> String? {
        for secret in ["client_secret", "secret", "password"] where map.has(secret) {
            map.fault(
                secret,
                "a secret never stands in a file; put it in an environment variable and name that in client_secret_variable"
            )
        }
        guard let name = map.text("client_secret_variable", atMost: 80) else { return nil }
        let isName = name.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 95 }
        guard isName, name.utf8.count >= 3, name.utf8.first.map({ (65...90).contains($0) }) ?? false else {
            map.fault(
                "client_secret_variable",
                "must be the name of an environment variable, such as HUB_SIGN_IN_WORKS"
            )
            return nil
        }
        return name
    }

    private func rule(_ map: YamlMapping) -> SignInService.GroupRule? {
        let group = map.requiredText("group", atMost: 200)
        _ = map.required("roles")
        let roles = map.texts("roles", orOne: true, atMost: 40).compactMap { text, mark -> Role? in
            guard let role = Role(rawValue: text), role.isStaff else {
                let known = Role.ofStaff.map(\.rawValue)
                map.fault(at: mark, FaultText.unknown(text, "role of staff", among: known))
                return nil
            }
            guard isHub || !role.isHubOnly else {
                map.fault(at: mark, "the role \(role.rawValue) is held at the hub only")
                return nil
            }
            return role
        }
        let departments = map.texts("departments", orOne: true, atMost: 40).compactMap { text, mark -> String? in
            guard self.departments.contains(text) else {
                map.fault(at: mark, FaultText.unknown(text, "department", among: self.departments))
                return nil
            }
            return text
        }
        map.finish()
        guard let group, !roles.isEmpty else { return nil }
        return SignInService.GroupRule(group: group, roles: Set(roles), departments: Set(departments))
    }
}
