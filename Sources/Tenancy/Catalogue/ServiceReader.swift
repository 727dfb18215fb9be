import Domain

/// Reads one dated entry of a catalogue.
struct ServiceReader {
    /// Names of the groups an entry may be listed in.
    let groups: [String: LocalizedText]

    /// Words that Open311 clients take for orders when they stand among the keywords (FixMyStreet).
    static let reservedKeywords: Set<String> = ["private", "inactive", "staff", "waste_only"]

    /// Reads the keys of one entry; nil, with faults, when it cannot be one.
    func read(_ node: YamlNode, _ faults: FaultList) -> Service? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let before = faults.count
        let code = map.requiredChecked("service_code", as: ServiceCode.self)
        let publicType = map.checked("public_type", as: ServiceCode.self)
        let name = map.requiredLocalized("service_name", atMost: 100)
        let description = map.requiredLocalized("description", atMost: 500)
        let groupNames = readGroups(map)
        let keywords = readKeywords(map)
        let part = map.requiredChecked("service_part", as: ServicePart.self)
        let kind = map.choice("type", default: Service.Kind.realtime, called: "type of service")
        let questions = QuestionReader().read(map.list("questions"), faults)
        let sla = map.requiredMapping("sla").flatMap(SLAReader().read)
        let priority = map.requiredChoice("priority", as: Priority.self, called: "priority")
        let adjustments = readAdjustments(map, questions)
        let visibility = map.requiredChoice("visibility", as: ServiceVisibility.self, called: "visibility")
        let contact = map.requiredChoice("contact", as: ContactRule.self, called: "contact rule")
        let advice = map.localized("emergency", atMost: 1_000)
        let caution = map.localized("caution", atMost: 1_000)
        let referral = map.localized("referral", atMost: 1_000)
        let department = map.requiredChecked("department", as: DepartmentCode.self)
        let catchAll = map.flag("catch_all", default: false)
        let location = map.requiredChoice("location", as: Service.LocationKind.self, called: "kind of location")
        let locationRequired = map.flag("location_required", default: location != Service.LocationKind.none)
        let season = readSeason(map)
        let liveTransfer = map.flag("live_transfer", default: false)
        let photo = map.flag("photo", default: false)
        let propertyType = map.text("property_type", atMost: 60)
        let alsoTold = readAlsoTold(map, questions)
        let fieldWork = FieldWorkReader().read(map)
        let flow = map.choice("flow", as: RequestFlow.self, called: "flow")
        if !map.has("valid_from") { _ = map.required("valid_from") }
        let from = map.day("valid_from")
        let until = map.day("valid_until")
        map.finish()

        if location == Service.LocationKind.none, locationRequired {
            map.fault("location_required", "a service without location cannot require one")
        }
        if liveTransfer, let sla, sla.complete != nil || sla.completeByRoadClass {
            map.fault("sla", "a live transfer has no completion clock; leave complete_within out")
        }
        if let from, let until, until < from {
            map.fault("valid_until", "valid_until \(until) lies before valid_from \(from)")
        }
        guard faults.count == before, let code, let name, let description, let part, let sla, let priority,
            let visibility, let contact, let department, let location, let from
        else { return nil }
        return Service(
            code: code,
            publicType: publicType,
            name: name,
            description: description,
            groups: groupNames,
            keywordsEnglish: keywords.english,
            keywordsFrench: keywords.french,
            part: part,
            kind: kind,
            questions: questions,
            sla: sla,
            priority: priority,
            adjustments: adjustments,
            visibility: visibility,
            contactRule: contact,
            advice911: advice,
            caution: caution,
            referral: referral,
            department: department,
            isCatchAll: catchAll,
            location: location,
            locationRequired: locationRequired,
            season: season,
            isLiveTransfer: liveTransfer,
            asksPhoto: photo,
            propertyType: propertyType,
            alsoTold: alsoTold,
            fieldWork: fieldWork,
            flow: flow,
            validFrom: from,
            validUntil: until
        )
    }

    private func readGroups(_ map: YamlMapping) -> [LocalizedText] {
        if map.has("group"), map.has("groups") {
            map.fault("groups", "\"group\" and \"groups\" exclude each other; keep one")
        }
        let key = map.has("groups") ? "groups" : "group"
        let codes = map.texts(key, orOne: true)
        if codes.isEmpty { _ = map.required(key) }
        return codes.compactMap { code, mark in
            guard let name = groups[code] else {
                map.faults.add(
                    map.value(key)?.file ?? map.file,
                    mark,
                    FaultText.unknown(code, "group", among: Array(groups.keys))
                )
                return nil
            }
            return name
        }
    }

    private func readKeywords(_ map: YamlMapping) -> (english: [String], french: [String]) {
        guard let keywords = map.mapping("keywords") else { return ([], []) }
        let english = words(keywords, "en")
        let french = words(keywords, "fr")
        keywords.finish()
        return (english, french)
    }

    private func words(_ map: YamlMapping, _ key: String) -> [String] {
        map.texts(key, atMost: 60).compactMap { word, mark in
            if word.contains(",") {
                map.fault(
                    at: mark,
                    "the keyword \"\(FaultText.shown(word))\" contains a comma; Open311 joins keywords by commas"
                )
                return nil
            }
            if Self.reservedKeywords.contains(word) {
                map.fault(at: mark, "the keyword \"\(word)\" is an order to Open311 clients; use another word")
                return nil
            }
            return word
        }
    }

    private func readAdjustments(_ map: YamlMapping, _ questions: [Question]) -> [AnswerAdjustment] {
        map.list("adjustments").compactMap { node in
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { return nil }
            if !entry.has("when") { _ = entry.required("when") }
            let conditions = QuestionReader().conditions(entry, "when", among: questions)
            let priority = entry.choice("priority", as: Priority.self, called: "priority")
            let hasSLA = entry.has("sla")
            let sla = entry.mapping("sla").flatMap(SLAReader().read)
            entry.finish()
            if !hasSLA, !entry.has("priority") {
                entry.fault(
                    at: entry.mark,
                    "an adjustment changes the priority, the sla or both; this one changes nothing"
                )
            }
            return AnswerAdjustment(when: conditions, priority: priority, sla: sla)
        }
    }

    private func readAlsoTold(_ map: YamlMapping, _ questions: [Question]) -> [ServiceAlsoTold] {
        map.list("also_tell").compactMap { node in
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { return nil }
            let part = entry.requiredChecked("service_part", as: ServicePart.self)
            let publicType = entry.checked("public_type", as: ServiceCode.self)
            let conditions = QuestionReader().conditions(entry, "when", among: questions)
            entry.finish()
            return part.map { ServiceAlsoTold(part: $0, publicType: publicType, when: conditions) }
        }
    }

    private func readSeason(_ map: YamlMapping) -> SeasonWindow? {
        guard let season = map.mapping("season") else { return nil }
        let from = monthDay(season, "from")
        let to = monthDay(season, "to")
        season.finish()
        guard let from, let to else { return nil }
        return SeasonWindow(from: from, to: to)
    }

    private func monthDay(_ map: YamlMapping, _ key: String) -> MonthDay? {
        guard let text = map.requiredText(key, atMost: 20) else { return nil }
        guard let day = MonthDay(text) else {
            map.fault(key, "\"\(FaultText.shown(text))\" is no day of a year; write it as \"11-01\"")
            return nil
        }
        return day
    }
}
