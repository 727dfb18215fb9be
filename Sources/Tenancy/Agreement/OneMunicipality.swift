import Domain

/// The agreement of a town that stands alone: it answers for every part of its own catalogue, everywhere in its boundary.
enum OneMunicipality {
    /// One rule.
    ///
    /// Its version is named by the parts, so that another catalogue makes another version.
    static func agreement(of configuration: TenantConfiguration) -> RuleSet {
        var names: [ServicePart: LocalizedText] = [:]
        for service in configuration.catalogue.services where names[service.part] == nil {
            names[service.part] = service.name
        }
        let parts = names.sorted { $0.key < $1.key }
            .map { PartDefinition(part: $0.key, name: $0.value, subject: .place) }
        return RuleSet(
            version: "own-\(fingerprint(parts))",
            validFrom: CalendarDay(dayNumber: 0),
            timeZone: configuration.tenant.timeZone,
            parts: parts,
            rules: [
                ResponsibilityRule(
                    id: "one-municipality",
                    conditions: RuleConditions(parts: [PartPattern(trusted: "*")]),
                    lead: .municipality,
                    explanation: LocalizedText(
                        english: "This is {body}’s job, because this place is in {municipality}.",
                        french: "C’est le travail {of_body}, car cet endroit se trouve dans {municipality}."
                    ),
                    source: "Built in for a town without a region"
                )
            ],
            partners: [elsewhere(named: configuration.tenant.name)]
        )
    }

    /// Who answers where the town does not.
    ///
    /// A role and no number, so there is nothing in it to confirm every year.
    private static func elsewhere(named town: BodyName) -> Partner {
        Partner(
            id: PartnerID(trusted: "own-town-hall"),
            kind: .elsewhere,
            name: BodyName(
                plain: LocalizedText(english: "municipality of that place", french: "municipalité de cet endroit"),
                withArticle: LocalizedText(
                    english: "the municipality of that place",
                    french: "la municipalité de cet endroit"
                ),
                afterDe: LocalizedText(
                    english: "of the municipality of that place",
                    french: "de la municipalité de cet endroit"
                ),
                afterA: LocalizedText(
                    english: "to the municipality of that place",
                    french: "à la municipalité de cet endroit"
                )
            ),
            hours: LocalizedText(english: "Ask there", french: "À demander sur place"),
            text: LocalizedText(
                english:
                    "This place is outside \(town.withArticle.english). Its own town hall can say who looks after it.",
                french: "Cet endroit est hors \(town.afterDe.french). Sa propre mairie peut dire qui s’en occupe."
            ),
            confirmed: CalendarDay(dayNumber: 1_000_000)
        )
    }

    /// Sixteen hexadecimal digits (FNV-1a, 64 bits) over the parts and what they are called.
    private static func fingerprint(_ parts: [PartDefinition]) -> String {
        let text = parts.map { "\($0.part)\t\($0.name.english)\t\($0.name.french)" }.joined(separator: "\n")
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
