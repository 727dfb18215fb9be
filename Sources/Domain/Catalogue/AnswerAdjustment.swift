/// Other terms for a service request whose answers ask for them: a stop sign is more urgent than another sign.
public struct AnswerAdjustment: Sendable, Hashable, Codable {
    /// Conditions that must all be met; never empty.
    public let when: [Condition]

    /// The other priority; nil leaves it.
    public let priority: Priority?

    /// The other promise as a whole; nil leaves it.
    public let sla: ServiceSLA?

    /// All parts.
    public init(when: [Condition], priority: Priority? = nil, sla: ServiceSLA? = nil) {
        self.when = when
        self.priority = priority
        self.sla = sla
    }

    /// Whether the answers ask for these terms.
    public func applies(to answers: Answers) -> Bool {
        !when.isEmpty && when.allSatisfy { $0.isMet(by: answers) }
    }
}

/// The terms one service request gets.
public struct ServiceTerms: Sendable, Hashable, Codable {
    /// What is promised.
    public let sla: ServiceSLA

    /// How soon it needs somebody.
    public let priority: Priority

    /// Both parts.
    public init(sla: ServiceSLA, priority: Priority) {
        self.sla = sla
        self.priority = priority
    }
}

/// Another body that must be told of a service request, by law or agreement: a bite also goes to public health.
public struct ServiceAlsoTold: Sendable, Hashable, Codable {
    /// The part that finds the body.
    public let part: ServicePart

    /// The public type it becomes there; nil when the body is only told.
    public let publicType: ServiceCode?

    /// Conditions that must all be met; empty means always.
    public let when: [Condition]

    /// All parts.
    public init(part: ServicePart, publicType: ServiceCode? = nil, when: [Condition] = []) {
        self.part = part
        self.publicType = publicType
        self.when = when
    }

    /// Whether the answers ask for it.
    public func applies(to answers: Answers) -> Bool {
        when.allSatisfy { $0.isMet(by: answers) }
    }

    private enum CodingKeys: String, CodingKey {
        case part = "service_part"
        case publicType = "public_type"
        case when
    }
}
