import Domain

/// Reads `partners.yml`: the bodies outside the hub, each with the day its facts were confirmed.
struct PartnersReader {
    let faults: FaultList

    func read(_ node: YamlNode) -> [Partner]? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        var partners: [Partner] = []
        var lines: [PartnerID: Int] = [:]
        if map.required("partners") != nil {
            for item in map.list("partners") {
                guard let partner = partner(item) else { continue }
                if let first = lines[partner.id] {
                    faults.add(item.file, item.mark, "the partner \(partner.id) is already on line \(first)")
                    continue
                }
                lines[partner.id] = item.mark.line
                partners.append(partner)
            }
        }
        map.finish()
        if partners.count(where: { $0.kind == .elsewhere }) > 1 {
            faults.add(node.file, node.mark, "only one partner may be of the kind elsewhere")
        }
        return partners
    }

    private func partner(_ node: YamlNode) -> Partner? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let id = map.requiredChecked("id", as: PartnerID.self)
        let referralCode = map.text("referral_code", atMost: 20)
        let kind = map.requiredChoice("kind", as: Partner.Kind.self, called: "kind of partner")
        let name = BodyNameReader.name(map)
        let phone = map.text("phone", atMost: 40)
        let url = map.text("url", atMost: 200)
        let hours = map.requiredLocalized("hours", atMost: 200)
        let text = map.requiredLocalized("text", atMost: 600)
        let warning = map.localized("warning", atMost: 300)
        let confirmed = map.required("confirmed").flatMap { map.day($0, called: "\"confirmed\"") }
        let forwarding = map.text("forwarding", atMost: 60)
        if !map.has("phone"), !map.has("url") {
            faults.add(node.file, node.mark, "a partner needs a phone or a url, or nobody can reach it")
        }
        if let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            map.fault("url", "\"url\" must begin with https://")
        }
        map.finish()
        guard let id, let kind, let name, let hours, let text, let confirmed else { return nil }
        return Partner(
            id: id,
            referralCode: referralCode,
            kind: kind,
            name: name,
            phone: phone,
            url: url,
            hours: hours,
            text: text,
            warning: warning,
            confirmed: confirmed,
            forwarding: forwarding
        )
    }
}
