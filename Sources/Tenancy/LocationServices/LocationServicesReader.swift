import Domain

/// Reads `lost.yml`: the name of the LoST server, what its mappings say, its peers, and the tree of services.
struct LocationServicesReader {
    let faults: FaultList
    let names: AgreementNames

    func read(_ node: YamlNode) -> LocationServices? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let server = map.requiredChecked("server", as: ServerName.self)
        let publicURL = webAddress(map, "public_url")
        let serviceNumber = number(map, "service_number") ?? "311"
        let expiresHours = map.integer("expires_hours", in: 1...720, default: 24)
        let civic = map.mapping("civic")
        let country = civic?.text("country", atMost: 2) ?? "CA"
        let provinces = civic?.texts("provinces", orOne: true, atMost: 60).map(\.text) ?? []
        civic?.finish()
        let countryCode = number(map, "country_code") ?? "1"
        let sip = sip(map)
        let peerSeconds = map.integer("peer_timeout_seconds", in: 1...10, default: 3)
        let peers = peers(map, server: server)
        let tree = ServiceTreeReader(faults: faults, names: names)
        _ = map.required("services")
        let services = tree.nodes(map, "services", below: nil)
        map.finish()
        guard let server, let publicURL else { return nil }
        return LocationServices(
            server: server,
            publicURL: publicURL,
            serviceNumber: serviceNumber,
            expiresHours: expiresHours,
            country: country.uppercased(),
            provinces: provinces,
            countryCode: countryCode,
            sip: sip,
            peers: peers,
            peerSeconds: peerSeconds,
            services: services
        )
    }

    /// Digits, `*` and `#` (RFC 5222, pattern of `serviceNumber`).
    private func number(_ map: YamlMapping, _ key: String) -> String? {
        guard let text = map.text(key, atMost: 15) else { return nil }
        guard text.utf8.allSatisfy({ "0123456789*#".utf8.contains($0) }) else {
            map.fault(key, "\"\(key)\" is \"\(FaultText.shown(text))\"; must be digits, * and #")
            return nil
        }
        return text
    }

    /// An `https` address of a public server, without a closing slash.
    private func webAddress(_ map: YamlMapping, _ key: String) -> String? {
        guard let text = map.requiredText(key, atMost: 200) else { return nil }
        guard let address = WebAddress(text), address.isEncrypted, address.user == nil, !address.hasQueryOrFragment
        else {
            map.fault(key, "\"\(key)\" is \"\(FaultText.shown(text))\"; must be an address that begins with https://")
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private func sip(_ map: YamlMapping) -> [String: String] {
        guard let node = map.mapping("sip") else { return [:] }
        var addresses: [String: String] = [:]
        let bodies = names.tenants.keys.map(\.rawValue) + names.partners.keys.map(\.rawValue)
        for entry in node.allEntries() {
            guard bodies.contains(entry.key) else {
                let hint = NearMiss.hint(entry.key, among: bodies)
                node.fault(at: entry.mark, "\"\(FaultText.shown(entry.key))\" is neither a tenant nor a partner\(hint)")
                continue
            }
            guard let text = node.text(entry.key, atMost: 200) else { continue }
            let isAddress =
                (text.hasPrefix("sip:") || text.hasPrefix("sips:"))
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>\"".utf8.contains($0) }
            guard isAddress else {
                node.fault(
                    entry.key,
                    "\"\(FaultText.shown(text))\" must begin with sip: or sips:, such as sip:311@example.org"
                )
                continue
            }
            addresses[entry.key] = text
        }
        return addresses
    }

    private func peers(_ map: YamlMapping, server: ServerName?) -> [LocationServicesPeer] {
        var peers: [LocationServicesPeer] = []
        for item in map.list("peers") {
            guard let entry = YamlMapping(item, in: item.file, faults) else { continue }
            let name = entry.requiredChecked("server", as: ServerName.self)
            let url = webAddress(entry, "url")
            let covers = covers(entry)
            let services = entry.list("services", orOne: true).compactMap {
                entry.checked($0, called: "an entry of \"services\"", as: ServiceURN.self)
            }
            let isDefault = entry.flag("default", default: false)
            entry.finish()
            if covers.isEmpty, services.isEmpty, !isDefault {
                faults.add(item.file, item.mark, "a peer needs covers, services or default: true, or it is never asked")
            }
            guard let name, let url else { continue }
            if name == server { entry.fault("server", "\(name) is this server itself") }
            if peers.contains(where: { $0.server.isSame(as: name) }) {
                entry.fault("server", "the peer \(name) is listed twice")
            }
            if isDefault, peers.contains(where: \.isDefault) {
                entry.fault("default", "another peer is the default already")
            }
            peers.append(
                LocationServicesPeer(server: name, url: url, covers: covers, services: services, isDefault: isDefault)
            )
        }
        return peers
    }

    /// Partners that are municipalities: places of tenants are answered here.
    private func covers(_ map: YamlMapping) -> [PartnerID] {
        let municipalities = names.partners.filter { $0.value == .municipality }.map(\.key.rawValue)
        return map.texts("covers", orOne: true).compactMap { text, mark in
            guard municipalities.contains(text) else {
                let hint = NearMiss.hint(text, among: municipalities)
                map.fault(at: mark, "\"\(FaultText.shown(text))\" is no municipality among the partners\(hint)")
                return nil
            }
            return PartnerID(trusted: text)
        }
    }
}
