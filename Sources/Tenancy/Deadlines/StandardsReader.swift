import Domain

/// Reads `standards`: targets by type, part, department, priority, road class and season, each with its first day.
struct StandardsReader {
    /// The tenant, whose departments may be named.
    let tenant: Tenant

    /// Codes of its types.
    let services: Set<ServiceCode>

    /// The standards in the order of the file; the first that applies decides.
    func read(_ map: YamlMapping) -> [DeadlineStandard] {
        map.list("standards").compactMap { node in
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { return nil }
            return standard(entry)
        }
    }

    private func standard(_ map: YamlMapping) -> DeadlineStandard? {
        let scope = map.requiredMapping("when").map(scope)
        let review = TargetReader.target("review_within_", in: map)
        let complete = TargetReader.target("complete_within_", in: map)
        if map.required("valid_from") == nil { map.finish() }
        let from = map.day("valid_from")
        let until = map.day("valid_until")
        map.finish()
        if review == nil, complete == nil {
            map.fault(at: map.mark, "a standard needs a review_within_ or a complete_within_ key, or both")
        }
        guard let scope, let from else { return nil }
        if let until, until < from {
            map.fault("valid_until", "valid_until \(until) is earlier than valid_from \(from)")
        }
        return DeadlineStandard(scope: scope, review: review, complete: complete, validFrom: from, validUntil: until)
    }

    private func scope(_ map: YamlMapping) -> DeadlineStandard.Scope {
        let codes = map.list("service_code", orOne: true).compactMap { node -> ServiceCode? in
            guard let code = map.checked(node, called: "a service code", as: ServiceCode.self) else { return nil }
            guard services.contains(code) else {
                let hint = NearMiss.hint(code.rawValue, among: services.map(\.rawValue))
                map.faults.add(node.file, node.mark, "\(code) is no type of this tenant\(hint)")
                return nil
            }
            return code
        }
        let scope = DeadlineStandard.Scope(
            services: codes,
            parts: TargetReader.parts("service_part", in: map),
            departments: TargetReader.departments("department", in: map, of: tenant),
            priorities: TargetReader.priorities("priority", in: map),
            roadClasses: TargetReader.roadClasses("road_class", in: map),
            season: TargetReader.season("season", in: map)
        )
        if map.writtenKeys.isEmpty {
            map.fault(at: map.mark, "\"when\" needs a condition; a standard for everything is written in the types")
        }
        map.finish()
        return scope
    }
}
