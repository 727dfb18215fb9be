import Domain

/// A service with one question of every kind.
enum CatalogueSamples {
    static func text(_ words: String) -> LocalizedText { LocalizedText(same: words) }

    static func value(_ key: String) -> QuestionValue { QuestionValue(key: key, name: text(key)) }

    static let questions = [
        Question(code: "NOTE", kind: .information, question: text("Keep away.")),
        Question(
            code: "SIGN",
            kind: .singleValueList,
            question: text("Which?"),
            isRequired: true,
            values: [value("stop"), value("yield"), value("other")]
        ),
        Question(code: "WHICH", kind: .string, question: text("Which other?"), isRequired: true, askedIf: other),
        Question(
            code: "DAMAGE",
            kind: .multiValueList,
            question: text("What else?"),
            isRequired: true,
            values: [value("post"), value("lamp"), value("fence")]
        ),
        Question(code: "HEIGHT", kind: .number, question: text("How high?"), unit: "cm"),
        Question(code: "SINCE", kind: .datetime, question: text("Since when?")),
        Question(code: "HURT", kind: .boolean, question: text("Anyone hurt?")),
        Question(code: "MORE", kind: .text, question: text("More?")),
    ]

    static let other = Condition(question: "SIGN", keys: ["other"])

    static func service(
        _ code: String = "RD-SIGN",
        from: String = "2026-01-01",
        until: String? = nil,
        publicType: String? = nil,
        adjustments: [AnswerAdjustment] = [],
        season: SeasonWindow? = nil
    ) throws -> Service {
        Service(
            code: try ServiceCode(code),
            publicType: try publicType.map { try ServiceCode($0) },
            name: text("Sign"),
            description: text("A sign."),
            groups: [text("Roads")],
            part: try ServicePart("road.sign"),
            questions: questions,
            sla: try sla(10),
            priority: .p3,
            adjustments: adjustments,
            department: "public-works",
            season: season,
            validFrom: try CalendarDay(from),
            validUntil: try until.map { try CalendarDay($0) }
        )
    }

    static func sla(_ days: Int) throws -> ServiceSLA {
        ServiceSLA(
            review: try SLATarget(amount: 1, .businessDays),
            complete: try SLATarget(amount: days, .businessDays)
        )
    }
}
