import Foundation

extension RequestLife {
    private enum CodingKeys: String, CodingKey {
        case state, pause, reopenings, disputes, flow
        case reviewedAt = "reviewed_at"
        case completedAt = "completed_at"
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        state = try container.decode(State.self, forKey: .state)
        pause = try container.decodeIfPresent(PauseReason.self, forKey: .pause)
        reviewedAt = try container.decodeIfPresent(Double.self, forKey: .reviewedAt).map(
            Date.init(timeIntervalSince1970:)
        )
        completedAt = try container.decodeIfPresent(Double.self, forKey: .completedAt)
            .map(Date.init(timeIntervalSince1970:))
        reopenings = try container.decode(Int.self, forKey: .reopenings)
        disputes = try container.decodeIfPresent(Int.self, forKey: .disputes) ?? 0
        flow = try container.decodeIfPresent(RequestFlow.self, forKey: .flow) ?? .fourSteps
    }

    /// Writes one object; instants as seconds since 1970, whatever the encoder's ways with dates.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(state, forKey: .state)
        try container.encodeIfPresent(pause, forKey: .pause)
        try container.encodeIfPresent(reviewedAt?.timeIntervalSince1970, forKey: .reviewedAt)
        try container.encodeIfPresent(completedAt?.timeIntervalSince1970, forKey: .completedAt)
        try container.encode(reopenings, forKey: .reopenings)
        // What nearly every request has is left out: most rows are new ones.
        if disputes > 0 { try container.encode(disputes, forKey: .disputes) }
        if flow != .fourSteps { try container.encode(flow, forKey: .flow) }
    }
}

extension RequestLife.State: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, to, from, step, outcome, by
    }

    /// Reads `{"name": "handed_over", "to": …, "step": …}` and its like.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .name)
        switch name {
        case "waiting_for_place": self = .waitingForPlace
        case "received": self = .received
        case "reviewed": self = .reviewed
        case "planned": self = .planned
        case "disputed": self = .disputed
        case "work_assigned": self = .workAssigned
        case "made_safe": self = .madeSafe
        case "offered":
            self = .offered(
                to: try container.decode(ReceivingBody.self, forKey: .to),
                from: try container.decode(RequestLife.State.self, forKey: .from)
            )
        case "handed_over":
            self = .handedOver(
                to: try container.decode(ReceivingBody.self, forKey: .to),
                step: try container.decode(PublicStep.self, forKey: .step)
            )
        case "completed":
            self = .completed(
                try container.decode(Outcome.self, forKey: .outcome),
                by: try container.decodeIfPresent(ReceivingBody.self, forKey: .by)
            )
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .name,
                in: container,
                debugDescription: "no state of a request is named \(name.prefix(30))"
            )
        }
    }

    /// Writes the name and what belongs to it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        switch self {
        case .offered(let body, let before):
            try container.encode(body, forKey: .to)
            try container.encode(before, forKey: .from)
        case .handedOver(let body, let step):
            try container.encode(body, forKey: .to)
            try container.encode(step, forKey: .step)
        case .completed(let outcome, let body):
            try container.encode(outcome, forKey: .outcome)
            try container.encodeIfPresent(body, forKey: .by)
        case .waitingForPlace, .received, .reviewed, .planned, .workAssigned, .madeSafe, .disputed: break
        }
    }
}
