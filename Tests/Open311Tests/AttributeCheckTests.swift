import Open311
import Testing

@Suite("Attributes held against a definition")
struct AttributeCheckTests {
    private let definition = [
        AttributeMessage(
            code: "SURFACE",
            datatype: .singlevaluelist,
            required: true,
            order: 1,
            description: "Surface?",
            values: [.init(key: "brick", name: "Brick"), .init(key: "wood", name: "Wood")]
        ),
        AttributeMessage(
            code: "HAZARDS",
            datatype: .multivaluelist,
            required: true,
            order: 2,
            description: "Hazards?",
            values: [
                .init(key: "h1", name: "Needles"), .init(key: "h2", name: "Text"), .init(key: "h1,h2", name: "Both"),
            ]
        ),
        AttributeMessage(code: "NUMBER", datatype: .number, required: false, order: 3, description: "How many?"),
        AttributeMessage(code: "WHEN", datatype: .datetime, required: false, order: 4, description: "When?"),
        AttributeMessage(code: "LINE", datatype: .string, required: false, order: 5, description: "Name?"),
        AttributeMessage(
            variable: false,
            code: "INFO",
            datatype: .text,
            required: true,
            order: 6,
            description: "Read this"
        ),
    ]

    private func check(_ body: String) throws -> AttributeCheck {
        let parameters = ParameterSet(query: [], body: try FormBody.fields(of: body.utf8))
        return AttributeCheck(SubmittedAttributes(parameters), definition: definition)
    }

    private let good = "attribute[SURFACE]=brick&attribute[HAZARDS]=h1&"

    @Test(
        "A8 to A13: answers that fit",
        arguments: [
            ("", ["SURFACE": ["brick"], "HAZARDS": ["h1"]]),
            ("attribute[HAZARDS][]=h2", ["SURFACE": ["brick"], "HAZARDS": ["h1", "h2"]]),
            ("attribute[HAZARDS]=h1", ["SURFACE": ["brick"], "HAZARDS": ["h1"]]),
            ("attribute[HAZARDS]=h1,h2", ["SURFACE": ["brick"], "HAZARDS": ["h1", "h1,h2"]]),
            ("attribute[HAZARDS]=h2,+h1", ["SURFACE": ["brick"], "HAZARDS": ["h1", "h2"]]),
            ("attribute[NUMBER]=-12.5", ["SURFACE": ["brick"], "HAZARDS": ["h1"], "NUMBER": ["-12.5"]]),
            (
                "attribute[WHEN]=2026-03-01T04:00:00-05:00",
                ["SURFACE": ["brick"], "HAZARDS": ["h1"], "WHEN": ["2026-03-01T09:00:00Z"]]
            ),
            ("attribute[LINE]=a,b", ["SURFACE": ["brick"], "HAZARDS": ["h1"], "LINE": ["a,b"]]),
            ("attribute[OTHER]=x&attribute[INFO]=x", ["SURFACE": ["brick"], "HAZARDS": ["h1"]]),
            ("attribute[NUMBER]=&attribute[LINE]=+", ["SURFACE": ["brick"], "HAZARDS": ["h1"]]),
        ]
    )
    func fitting(body: String, expected: [String: [String]]) throws {
        let checked = try check(good + body)
        #expect(checked.faults.isEmpty)
        #expect(Dictionary(uniqueKeysWithValues: checked.answers.map { ($0.attribute.code, $0.values) }) == expected)
    }

    @Test(
        "A2 to A4, A9 to A13: answers that do not, each named",
        arguments: [
            ("", ["SURFACE", "HAZARDS"]),
            ("attribute[SURFACE]=&attribute[HAZARDS][]=", ["SURFACE", "HAZARDS"]),
            ("attribute[SURFACE]=stone&attribute[HAZARDS]=h1", ["SURFACE"]),
            ("attribute[SURFACE]=BRICK&attribute[HAZARDS]=h1", ["SURFACE"]),
            ("attribute[SURFACE]=brick&attribute[SURFACE]=wood&attribute[HAZARDS]=h1", ["SURFACE"]),
            ("attribute[SURFACE]=brick,wood&attribute[HAZARDS]=h1", ["SURFACE"]),
            ("attribute[SURFACE]=brick&attribute[HAZARDS]=h1,h3", ["HAZARDS"]),
            ("attribute[SURFACE]=brick&attribute[HAZARDS]=h1&attribute[NUMBER]=many", ["NUMBER"]),
            ("attribute[SURFACE]=brick&attribute[HAZARDS]=h1&attribute[NUMBER]=1e3", ["NUMBER"]),
            ("attribute[SURFACE]=brick&attribute[HAZARDS]=h1&attribute[NUMBER]=1&attribute[NUMBER]=2", ["NUMBER"]),
            ("attribute[SURFACE]=brick&attribute[HAZARDS]=h1&attribute[WHEN]=2026-03-01", ["WHEN"]),
            ("attribute[SURFACE]=brick&attribute[HAZARDS]=h1&attribute[LINE]=a&attribute[LINE]=b", ["LINE"]),
            ("attribute[SURFACE]=x&attribute[HAZARDS]=x&attribute[NUMBER]=x", ["SURFACE", "HAZARDS", "NUMBER"]),
        ]
    )
    func unfitting(body: String, codes: [String]) throws {
        let faults = try check(body).faults
        #expect(faults.map(\.field) == codes.map { "attribute[\($0)]" })
        for (fault, code) in zip(faults, codes) {
            #expect(fault.status == 400)
            #expect(fault.description.contains(code))
        }
    }

    @Test("A4: the missing ones read as the contract's example")
    func words() throws {
        #expect(
            try check("").faults.map(\.description) == [
                "attribute SURFACE is required", "attribute HAZARDS is required",
            ]
        )
    }
}
