public import Foundation

extension Decision: Codable {
    private enum CodingKeys: String, CodingKey {
        case lead, department, mode, confidence, rung, generation, part, municipality, road, asset, question, rejected,
            flags
        case alsoTold = "also_told"
        case ruleID = "rule_id"
        case ruleVersion = "rule_version"
        case publicType = "public_type"
        case residentText = "resident_text"
        case staffText = "staff_text"
        case asOf = "as_of"
    }

    /// Reads the JSON form; `as_of` is ISO 8601 in UTC whatever the decoder's date strategy.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let instant = try values.decode(String.self, forKey: .asOf)
        guard let asOf = try? Date(instant, strategy: .iso8601) else {
            throw DecodingError.dataCorruptedError(
                forKey: .asOf,
                in: values,
                debugDescription: "as_of is an instant such as 2026-11-21T20:15:00Z"
            )
        }
        self.init(
            lead: try values.decode(Lead.self, forKey: .lead),
            department: try values.decodeIfPresent(String.self, forKey: .department),
            mode: try values.decode(HandlingMode.self, forKey: .mode),
            alsoTold: try values.decode([AlsoTold].self, forKey: .alsoTold),
            confidence: try values.decode(DecisionConfidence.self, forKey: .confidence),
            rung: try values.decode(EvidenceRung.self, forKey: .rung),
            ruleID: try values.decodeIfPresent(String.self, forKey: .ruleID),
            ruleVersion: try values.decode(String.self, forKey: .ruleVersion),
            generation: try values.decodeIfPresent(GenerationID.self, forKey: .generation),
            part: try values.decode(ServicePart.self, forKey: .part),
            publicType: try values.decodeIfPresent(ServiceCode.self, forKey: .publicType),
            municipality: try values.decodeIfPresent(JurisdictionID.self, forKey: .municipality),
            road: try values.decodeIfPresent(NearbyRoad.self, forKey: .road),
            question: try values.decodeIfPresent(ResponsibilityQuestion.self, forKey: .question),
            rejected: try values.decode([RejectedCandidate].self, forKey: .rejected),
            residentText: try values.decode(LocalizedText.self, forKey: .residentText),
            staffText: try values.decode(LocalizedText.self, forKey: .staffText),
            flags: try values.decode([String].self, forKey: .flags),
            asOf: asOf,
            asset: try values.decodeIfPresent(NearbyAsset.self, forKey: .asset)
        )
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(lead, forKey: .lead)
        try values.encodeIfPresent(department, forKey: .department)
        try values.encode(mode, forKey: .mode)
        try values.encode(alsoTold, forKey: .alsoTold)
        try values.encode(confidence, forKey: .confidence)
        try values.encode(rung, forKey: .rung)
        try values.encodeIfPresent(ruleID, forKey: .ruleID)
        try values.encode(ruleVersion, forKey: .ruleVersion)
        try values.encodeIfPresent(generation, forKey: .generation)
        try values.encode(part, forKey: .part)
        try values.encodeIfPresent(publicType, forKey: .publicType)
        try values.encodeIfPresent(municipality, forKey: .municipality)
        try values.encodeIfPresent(road, forKey: .road)
        try values.encodeIfPresent(asset, forKey: .asset)
        try values.encodeIfPresent(question, forKey: .question)
        try values.encode(rejected, forKey: .rejected)
        try values.encode(residentText, forKey: .residentText)
        try values.encode(staffText, forKey: .staffText)
        try values.encode(flags, forKey: .flags)
        try values.encode(asOf.formatted(.iso8601), forKey: .asOf)
    }
}
