public import Domain
public import Foundation

/// Values for tests that need some, but do not care which.
public enum Sample {
    /// Ten o'clock on a Tuesday in summer, Toronto time.
    public static let morning = Date(timeIntervalSince1970: 1_781_618_400)

    /// A point in the demonstration region.
    public static func coordinate(latitude: Double = 44.1016, longitude: Double = -79.18) throws -> Coordinate {
        try Coordinate(latitude: latitude, longitude: longitude)
    }

    /// A service request just received by the body that answers for it.
    public static func request(
        _ code: TenantCode,
        reference: RequestReference? = nil,
        tenant: JurisdictionID = JurisdictionID(trusted: "brindle-bay"),
        standing: ServiceRequest.Standing = .lead,
        service: ServiceCode = ServiceCode(trusted: "RD-POTH"),
        description: String = "A hole in the road, as deep as a boot.",
        coordinate: Coordinate? = nil,
        answers: Answers = [:],
        decision: Decision? = nil,
        visibility: ServiceVisibility = .public,
        requestedAt: Date = morning,
        updatedAt: Date? = nil
    ) -> ServiceRequest {
        ServiceRequest(
            reference: reference ?? RequestReference.make(code: code),
            tenant: tenant,
            standing: standing,
            serviceCode: service,
            publicType: service,
            part: ServicePart(trusted: "road.surface"),
            channel: .web,
            language: .english,
            life: .received,
            description: description,
            coordinate: coordinate,
            answers: answers,
            decision: decision,
            department: "public-works",
            priority: .p3,
            visibility: visibility,
            catalogueVersion: 1,
            slaVersion: "2026-01",
            calendarVersion: "2026-01",
            requestedAt: requestedAt,
            updatedAt: updatedAt ?? requestedAt
        )
    }

    /// A decision that a tenant leads.
    public static func decision(lead: JurisdictionID = JurisdictionID(trusted: "brindle-bay")) -> Decision {
        Decision(
            lead: .tenant(lead),
            mode: .take,
            confidence: .certain,
            rung: .mapPoint,
            ruleID: "road-surface-local",
            ruleVersion: "2026-01",
            generation: GenerationID(1),
            part: ServicePart(trusted: "road.surface"),
            residentText: LocalizedText(english: "This is the Town’s.", french: "Cela relève de la Ville."),
            staffText: LocalizedText(english: "local road", french: "route locale"),
            asOf: morning
        )
    }

    /// A tenant with a code.
    public static func tenant(
        _ code: TenantCode,
        id: JurisdictionID = JurisdictionID(trusted: "brindle-bay"),
        tier: Tier = .lower
    ) -> Tenant {
        let name = LocalizedText(english: "Town of Brindle Bay", french: "Ville de Brindle Bay")
        return Tenant(
            id: id,
            code: code,
            tier: tier,
            name: BodyName(
                plain: name,
                withArticle: LocalizedText(english: "the Town of Brindle Bay", french: "la Ville de Brindle Bay"),
                afterDe: LocalizedText(english: "of the Town of Brindle Bay", french: "de la Ville de Brindle Bay"),
                afterA: LocalizedText(english: "to the Town of Brindle Bay", french: "à la Ville de Brindle Bay")
            ),
            timeZone: "America/Toronto",
            languages: [.english, .french],
            contact: TenantContact(
                phone: "+17055550111",
                email: "311@brindlebay.example",
                hours: LocalizedText(same: "8–17")
            ),
            callNumber: "311"
        )
    }

    /// A tenant's files, with an empty catalogue and a week of one day.
    public static func configuration(
        _ code: TenantCode,
        id: JurisdictionID = JurisdictionID(trusted: "brindle-bay")
    ) throws -> TenantConfiguration {
        TenantConfiguration(
            tenant: tenant(code, id: id),
            catalogue: Catalogue(services: []),
            calendar: try BusinessCalendar(
                version: "2026-01",
                timeZone: "America/Toronto",
                weeklyHours: [.monday: [try OpenSpan("08:30-16:30")]]
            )
        )
    }
}
