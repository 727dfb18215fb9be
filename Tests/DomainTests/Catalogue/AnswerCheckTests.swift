import Domain
import Testing

/// Answers, what is kept of them and what is said against them.
struct AnswerCase: Sendable, CustomTestStringConvertible {
    let reason: String
    let given: [String: [String]]
    let accepted: [String: [String]]
    let faults: [String]

    var testDescription: String { reason }

    /// Answers besides the required ones, which are right unless they are named.
    init(_ reason: String, _ given: [String: [String]], keeps accepted: [String: [String]]? = nil, _ faults: String...)
    {
        let base = ["SIGN": ["stop"], "DAMAGE": ["post"]]
        self.reason = reason
        self.given = base.merging(given) { $1 }
        let kept = base.merging(accepted ?? given) { $1 }
        self.accepted = kept.filter { !$0.value.isEmpty }
        self.faults = faults
    }
}

@Suite("Answers are checked the same way in every channel")
struct AnswerCheckTests {
    @Test(
        "keeps what is right and names what is wrong",
        arguments: [
            AnswerCase("required ones suffice", [:]),
            AnswerCase("blanks round a key do not count", ["SIGN": [" stop "]], keeps: [:]),
            AnswerCase("a required list left out", ["SIGN": []], "attribute[SIGN] is required"),
            AnswerCase(
                "blank is the same as left out",
                ["SIGN": ["  "]],
                keeps: ["SIGN": []],
                "attribute[SIGN] is required"
            ),
            AnswerCase(
                "several faults, in the order of the questions",
                ["SIGN": [], "DAMAGE": [""]],
                keeps: ["SIGN": [], "DAMAGE": []],
                "attribute[SIGN] is required",
                "attribute[DAMAGE] is required"
            ),
            AnswerCase(
                "a key that is not there",
                ["SIGN": ["brick"]],
                keeps: ["SIGN": []],
                "attribute[SIGN] has the unknown value \"brick\": one of stop, yield, other"
            ),
            AnswerCase(
                "keys are case-sensitive",
                ["SIGN": ["Stop"]],
                keeps: ["SIGN": []],
                "attribute[SIGN] has the unknown value \"Stop\": one of stop, yield, other"
            ),
            AnswerCase(
                "two values where one is right",
                ["SIGN": ["stop", "yield"]],
                keeps: ["SIGN": []],
                "attribute[SIGN] has 2 values: one is right"
            ),
            AnswerCase("several keys", ["DAMAGE": ["post", "lamp"]]),
            AnswerCase("keys joined by commas", ["DAMAGE": ["post,lamp"]], keeps: ["DAMAGE": ["post", "lamp"]]),
            AnswerCase("a key twice counts once", ["DAMAGE": ["post", "post"]], keeps: ["DAMAGE": ["post"]]),
            AnswerCase(
                "one wrong key among right ones",
                ["DAMAGE": ["post", "roof"]],
                keeps: ["DAMAGE": []],
                "attribute[DAMAGE] has the unknown value \"roof\": one of post, lamp, fence"
            ),
            AnswerCase(
                "a condition that is met makes its question required",
                ["SIGN": ["other"]],
                "attribute[WHICH] is required"
            ),
            AnswerCase("and takes its answer", ["SIGN": ["other"], "WHICH": ["deer"]]),
            AnswerCase("a condition that is not met drops the answer", ["WHICH": ["deer"]], keeps: [:]),
            AnswerCase("a number", ["HEIGHT": ["12.5"]]),
            AnswerCase("a negative number", ["HEIGHT": ["-3"]]),
            AnswerCase("a comma", ["HEIGHT": ["12,5"]], keeps: [:], number("12,5")),
            AnswerCase("not a number", ["HEIGHT": ["NaN"]], keeps: [:], number("NaN")),
            AnswerCase("infinity by exponent", ["HEIGHT": ["1e400"]], keeps: [:], number("1e400")),
            AnswerCase("another base", ["HEIGHT": ["0x10"]], keeps: [:], number("0x10")),
            AnswerCase("a point alone", ["HEIGHT": ["."]], keeps: [:], number(".")),
            AnswerCase("a day", ["SINCE": ["2026-04-01"]]),
            AnswerCase("an instant", ["SINCE": ["2026-04-01T14:30:00-04:00"]]),
            AnswerCase("an instant with a fraction", ["SINCE": ["2026-04-01T14:30:00.25Z"]]),
            AnswerCase("no zone", ["SINCE": ["2026-04-01T14:30:00"]], keeps: [:], date("2026-04-01T14:30:00")),
            AnswerCase("a day that is not there", ["SINCE": ["2026-02-30"]], keeps: [:], date("2026-02-30")),
            AnswerCase(
                "an hour that is not there",
                ["SINCE": ["2026-02-03T24:10Z"]],
                keeps: [:],
                date("2026-02-03T24:10Z")
            ),
            AnswerCase("words", ["SINCE": ["yesterday"]], keeps: [:], date("yesterday")),
            AnswerCase("yes or no", ["HURT": ["yes"]]),
            AnswerCase(
                "neither yes nor no",
                ["HURT": ["maybe"]],
                keeps: [:],
                "attribute[HURT] has the unknown value \"maybe\": one of yes, no"
            ),
            AnswerCase("codes the definition lacks are ignored", ["uprn": ["1"], "x": ["y"]], keeps: [:]),
            AnswerCase("information is never answered", ["NOTE": ["read"]], keeps: [:]),
            AnswerCase("lines in a long text", ["MORE": ["a\nb"]]),
            AnswerCase(
                "lines in a short text become blanks",
                ["SIGN": ["other"], "WHICH": ["a\r\nb"]],
                keeps: ["SIGN": ["other"], "WHICH": ["a b"]]
            ),
            AnswerCase(
                "a zero byte",
                ["MORE": ["a\u{0}b"]],
                keeps: [:],
                "attribute[MORE] contains control characters: plain text"
            ),
            AnswerCase("as long as may be", ["MORE": [String(repeating: "é", count: 4_000)]]),
            AnswerCase(
                "longer",
                ["MORE": [String(repeating: "é", count: 4_001)]],
                keeps: [:],
                "attribute[MORE] has 4001 characters: at most 4000"
            ),
        ]
    )
    func cases(row: AnswerCase) throws {
        let check = AnswerCheck(Answers(row.given), for: try CatalogueSamples.service())
        #expect(check.faults.map { $0.message(.english) } == row.faults)
        #expect(check.accepted.values == row.accepted)
    }

    private static func number(_ text: String) -> String {
        "attribute[HEIGHT] is no number: \"\(text)\": write it as 12 or 12.5"
    }

    private static func date(_ text: String) -> String {
        "attribute[SINCE] is no date or time: \"\(text)\": write it as 2026-04-01 or 2026-04-01T14:30:00-04:00"
    }

    @Test("says it in French, names the field as its sender did, and lists what it ignored")
    func frenchAndFields() throws {
        let check = AnswerCheck(["SIGN": ["x"], "zz": ["1"]], for: try CatalogueSamples.service()) { "q_\($0)" }
        #expect(
            check.faults.map { $0.message(.french) } == [
                "q_SIGN a la valeur inconnue « x »\u{A0}: une de stop, yield, other", "q_DAMAGE est obligatoire",
            ]
        )
        #expect(check.faults.map(\.code) == [.unknown, .missing])
        #expect(check.ignored == ["zz"])
    }

    @Test("a fault quotes no more than the start of a hostile value")
    func hostile() throws {
        let long = String(repeating: "<script>", count: 10_000)
        let check = AnswerCheck(["SIGN": [long], "DAMAGE": ["post"]], for: try CatalogueSamples.service())
        #expect(check.faults.count == 1)
        #expect((check.faults.first?.message(.english).count ?? 0) < 120)
    }
}
