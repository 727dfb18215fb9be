import Foundation
import TestSupport
import Testing

@testable import Domain

@Suite("Answers for staff alone")
struct StaffOnlyAnswersTests {
    @Test(
        "a way to reach a person in free text is found",
        arguments: [
            // text, whether it holds one
            ("call 705-555-0199 after six", true),
            ("(705) 555 0199", true),
            ("+1 705.555.0199", true),
            ("7055550199", true),
            ("write to ann.lee@example.org", true),
            ("é@exämple.org", true),
            ("ABCD 123", false),
            ("12 Main Street, unit 4", false),
            ("meet @ the corner", false),
            ("between 12:30 and 14:15 on 2026-06-15", false),
            ("a@b", false),
            ("two\n3", false),
            ("", false),
        ]
    )
    func contactData(text: String, isThere: Bool) {
        #expect(ContactData.isIn(text) == isThere)
    }

    private var service: Service {
        get throws {
            let sample = try CatalogueSamples.service()
            return Service(
                code: sample.code,
                name: sample.name,
                description: sample.description,
                groups: sample.groups,
                part: sample.part,
                questions: CatalogueSamples.questions + [
                    Question(code: "PLATE", kind: .string, question: CatalogueSamples.text("Plate?"), isStaffOnly: true)
                ],
                sla: sample.sla,
                priority: sample.priority,
                department: sample.department,
                validFrom: sample.validFrom
            )
        }
    }

    @Test("marked questions and free text with contact data are for staff, lists and numbers never are")
    func codes() throws {
        let answers: Answers = [
            "PLATE": ["ABCD 123"], "MORE": ["ask Ann, 705-555-0199"], "WHICH": ["a round one"],
            "HEIGHT": ["7055550199"],
            "SIGN": ["stop"],
        ]
        #expect(StaffOnlyAnswers.codes(in: answers, of: try service) == ["MORE", "PLATE"])
        #expect(StaffOnlyAnswers.codes(in: [:], of: try service) == [])
    }

    @Test(
        "what was marked when a request was taken stays hidden without the mark in the catalogue, and the other way round"
    )
    func hidden() throws {
        var request = Sample.request(TenantCode(trusted: "BB"))
        request.answers = ["PLATE": ["ABCD 123"], "MORE": ["x"], "SIGN": ["stop"]]
        request.staffOnlyAnswers = ["MORE"]
        #expect(request.publicAnswers(of: nil) == ["PLATE": ["ABCD 123"], "SIGN": ["stop"]])
        #expect(request.publicAnswers(of: try service) == ["SIGN": ["stop"]])
        #expect(request.withoutStaffOnlyAnswers.answers == ["PLATE": ["ABCD 123"], "SIGN": ["stop"]])
    }

    @Test("questions and requests stored before the mark existed are read")
    func olderJSON() throws {
        let marked = Question(
            code: "PLATE",
            kind: .string,
            question: CatalogueSamples.text("Plate?"),
            isStaffOnly: true
        )
        let plain = Question(code: "PLATE", kind: .string, question: CatalogueSamples.text("Plate?"))
        for question in [marked, plain] {
            #expect(try JSONDecoder().decode(Question.self, from: JSONEncoder().encode(question)) == question)
        }
        #expect(!String(decoding: try JSONEncoder().encode(plain), as: UTF8.self).contains("staff_only"))

        let request = Sample.request(TenantCode(trusted: "BB"))
        var older = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(request)) as? [String: Any]
        )
        older["staff_only_answers"] = nil
        #expect(
            try JSONDecoder().decode(ServiceRequest.self, from: JSONSerialization.data(withJSONObject: older))
                == request
        )
    }
}
