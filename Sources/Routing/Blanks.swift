import Domain

/// Fills the blanks of an explanation with the names of one case.
struct Blanks {
    let lead: Lead
    let routingCase: RoutingCase
    let bodies: Bodies

    /// Both languages filled; a blank nobody knows stays out, so no brace is ever shown.
    func fill(_ template: LocalizedText) -> LocalizedText {
        template.map { text, language in
            guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
            var filled = ""
            var rest = text[...]
            while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
                let close = rest.utf8[open...].firstIndex(of: UInt8(ascii: "}"))
            {
                filled += rest[..<open]
                let name = String(rest[rest.utf8.index(after: open)..<close])
                filled += SentenceBlank(rawValue: name).map { word($0, language) } ?? ""
                rest = rest[rest.utf8.index(after: close)...]
            }
            return filled + rest
        }
    }

    private func word(_ blank: SentenceBlank, _ language: Language) -> String {
        switch blank {
        case .body: subject(of: lead)[language]
        case .capitalBody: subject(of: lead)[language].capitalisedFirst
        case .ofBody: bodies.shortName(lead)?.afterDe[language] ?? ""
        case .toBody: bodies.shortName(lead)?.afterA[language] ?? ""
        case .fullBody: (bodies.name(lead)?.withArticle ?? FixedTexts.somebody)[language]
        case .municipality: municipality[language]
        case .capitalMunicipality: municipality[language].capitalisedFirst
        case .road: routingCase.road?.name ?? FixedTexts.thisRoad[language]
        case .speed: routingCase.road?.speedLimit.map(String.init) ?? "?"
        case .kilometre: routingCase.road?.km.map { StaffText.metres($0, language) } ?? "?"
        case .owner: (owner?.withArticle ?? FixedTexts.somebody)[language]
        case .capitalOwner: (owner?.withArticle ?? FixedTexts.somebody)[language].capitalisedFirst
        case .toOwner: (owner?.afterA ?? FixedTexts.toSomebody)[language]
        case .asset: (routingCase.asset?.label ?? FixedTexts.thisThing)[language]
        case .phone: partner?.phone ?? partner?.url ?? "311"
        case .hours: partner?.hours[language] ?? ""
        }
    }

    private var municipality: LocalizedText {
        routingCase.municipality.flatMap { bodies.lead($0.rawValue) }.map(subject) ?? FixedTexts.theMunicipality
    }

    /// Who owns the asset, or the road.
    private var owner: BodyName? {
        (routingCase.asset?.owner ?? routingCase.roadOwner).flatMap { bodies.lead($0) }.flatMap(bodies.shortName)
    }

    private var partner: Partner? {
        lead.partnerID.flatMap { bodies.partners[$0] }
    }

    private func subject(of lead: Lead) -> LocalizedText {
        bodies.shortName(lead)?.withArticle ?? FixedTexts.somebody
    }
}

extension String {
    /// The text with its first letter made a capital.
    var capitalisedFirst: String {
        prefix(1).uppercased() + dropFirst()
    }
}
