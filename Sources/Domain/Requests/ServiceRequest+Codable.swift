import Foundation

extension ServiceRequest {
    /// Reads a stored or forwarded request; one from before answers could be for staff alone has none of those.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            reference: try stored.decode(RequestReference.self, forKey: .reference),
            tenant: try stored.decode(JurisdictionID.self, forKey: .tenant),
            standing: try stored.decode(Standing.self, forKey: .standing),
            counterpart: try stored.decodeIfPresent(ReceivingBody.self, forKey: .counterpart),
            serviceCode: try stored.decode(ServiceCode.self, forKey: .serviceCode),
            publicType: try stored.decode(ServiceCode.self, forKey: .publicType),
            part: try stored.decodeIfPresent(ServicePart.self, forKey: .part),
            channel: try stored.decode(Channel.self, forKey: .channel),
            language: try stored.decode(Language.self, forKey: .language),
            life: try stored.decode(RequestLife.self, forKey: .life),
            statusNotes: try stored.decodeIfPresent(String.self, forKey: .statusNotes),
            description: try stored.decode(String.self, forKey: .description),
            coordinate: try stored.decodeIfPresent(Coordinate.self, forKey: .coordinate),
            address: try stored.decodeIfPresent(String.self, forKey: .address),
            addressID: try stored.decodeIfPresent(String.self, forKey: .addressID),
            zipcode: try stored.decodeIfPresent(String.self, forKey: .zipcode),
            answers: try stored.decode(Answers.self, forKey: .answers),
            staffOnlyAnswers: try stored.decodeIfPresent([String].self, forKey: .staffOnlyAnswers) ?? [],
            mediaURLs: try stored.decode([String].self, forKey: .mediaURLs),
            decision: try stored.decodeIfPresent(Decision.self, forKey: .decision),
            department: try stored.decodeIfPresent(String.self, forKey: .department),
            agencyResponsible: try stored.decodeIfPresent(String.self, forKey: .agencyResponsible),
            serviceNotice: try stored.decodeIfPresent(String.self, forKey: .serviceNotice),
            priority: try stored.decode(Priority.self, forKey: .priority),
            visibility: try stored.decode(ServiceVisibility.self, forKey: .visibility),
            catalogueVersion: try stored.decodeIfPresent(Int.self, forKey: .catalogueVersion),
            slaVersion: try stored.decodeIfPresent(String.self, forKey: .slaVersion),
            calendarVersion: try stored.decodeIfPresent(String.self, forKey: .calendarVersion),
            requestedAt: try stored.decode(Date.self, forKey: .requestedAt),
            updatedAt: try stored.decode(Date.self, forKey: .updatedAt),
            reviewDue: try stored.decodeIfPresent(Date.self, forKey: .reviewDue),
            completeDue: try stored.decodeIfPresent(Date.self, forKey: .completeDue),
            rowVersion: try stored.decode(Int.self, forKey: .rowVersion),
            parent: try stored.decodeIfPresent(RequestReference.self, forKey: .parent),
            withheld: try stored.decodeIfPresent(Withheld.self, forKey: .withheld) ?? Withheld()
        )
    }
}
