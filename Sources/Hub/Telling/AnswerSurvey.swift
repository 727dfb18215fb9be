public import Domain
public import Foundation
public import Storage

/// The two questions after the end of a request: asked once of each person, answered by the link in the message.
public struct AnswerSurvey: Sendable {
    /// What became of an answer.
    public enum Outcome: Sendable, Hashable {
        /// Written down.
        case taken
        /// This person had answered before; the first answer stands.
        case again
        /// The link is not ours.
        case unknown
        /// Something must be chosen or shortened.
        case refused([FieldFault])
    }

    /// Most characters of the person's own words.
    public static let longest = 2_000

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes an answer.
    ///
    /// - Parameters:
    ///   - solved: `yes`, `partly` or `no`.
    ///   - score: 1 to 5.
    public func callAsFunction(_ token: String, solved: String?, score: String?, words: String?) async throws -> Outcome
    {
        guard let held = try await ManageSubscription(surroundings).look(token, .survey),
            case .request(let reference) = held.subscription.subject
        else { return .unknown }
        var faults: [FieldFault] = []
        let isSolved = solved.flatMap(SurveyAnswer.Solved.init(rawValue:))
        if isSolved == nil { faults.append(.missing("solved")) }
        let points = score.flatMap { Int($0) }.flatMap { (1...5).contains($0) ? $0 : nil }
        if points == nil { faults.append(.missing("score")) }
        if let words, words.unicodeScalars.count > Self.longest {
            faults.append(
                FieldFault(
                    field: "words",
                    code: .tooLong,
                    fault: LocalizedText(english: "is too long", french: "est trop long"),
                    expected: LocalizedText(
                        english: "at most \(Self.longest) characters",
                        french: "\(Self.longest) caractères au plus"
                    )
                )
            )
        }
        guard faults.isEmpty, let isSolved, let points else { return .refused(faults) }
        let answer = SurveyAnswer(
            subscription: held.subscription.id,
            reference: reference,
            solved: isSolved,
            score: points,
            words: words.flatMap { $0.isEmpty ? nil : $0 },
            answeredAt: surroundings.second
        )
        let isNew = try await surroundings.databases.withTenant(held.tenant.code) {
            try await SurveyAnswers($0).insert(answer)
        }
        return isNew ? .taken : .again
    }

    /// How many answered what at a tenant, by type, both ends included.
    public func counts(at tenant: HostedTenant, from start: Date, to end: Date) async throws -> [SurveyCount] {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await SurveyAnswers($0).counts(from: start, to: end)
        }
    }
}
