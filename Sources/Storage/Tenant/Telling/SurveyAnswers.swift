public import Domain
public import Foundation
import Postgres

/// What a person answered after the end of a request.
public struct SurveyAnswer: Sendable, Hashable {
    /// Whether the matter was solved, in the person's eyes.
    public enum Solved: String, Sendable, Hashable, Codable, CaseIterable {
        /// It was.
        case yes
        /// In part.
        case partly
        /// It was not.
        case no
    }

    /// Whose answer it is: one for each subscription.
    public let subscription: UUID
    /// The request.
    public let reference: RequestReference
    /// Whether it was solved.
    public let solved: Solved
    /// How it went, 1 (badly) to 5 (very well).
    public let score: Int
    /// What the person wrote; nil for nothing.
    public let words: String?
    /// When.
    public let answeredAt: Date

    /// An answer.
    public init(
        subscription: UUID,
        reference: RequestReference,
        solved: Solved,
        score: Int,
        words: String?,
        answeredAt: Date
    ) {
        self.subscription = subscription
        self.reference = reference
        self.solved = solved
        self.score = score
        self.words = words
        self.answeredAt = answeredAt
    }
}

/// How many answered what.
public struct SurveyCount: Sendable, Hashable {
    /// Type of the requests.
    public let service: ServiceCode
    /// Answers in all.
    public let answers: Int
    /// Those who said it was solved.
    public let solved: Int
    /// Those who said it was not.
    public let unsolved: Int
    /// Mean of the scores, 1 to 5.
    public let meanScore: Double
}

/// Answers to the questions after the end.
public struct SurveyAnswers {
    let transaction: TenantTransaction

    /// The answers at the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Writes an answer down; false when this person has answered already, and nothing is changed.
    public func insert(_ answer: SurveyAnswer) async throws -> Bool {
        try await transaction.change(
            """
            INSERT INTO survey_answer
                (subscription_id, service_request_id, was_solved, score, words, answered_at)
            VALUES
                (\(answer.subscription), \(answer.reference.rawValue), \(answer.solved.rawValue), \(answer.score),
                \(answer.words), \(answer.answeredAt))
            ON CONFLICT DO NOTHING
            """
        ) == 1
    }

    /// Whether a person has answered.
    public func has(_ subscription: UUID) async throws -> Bool {
        try await transaction.first(
            """
            SELECT subscription_id
            FROM survey_answer
            WHERE subscription_id = \(subscription)
            """
        ) != nil
    }

    /// Counts by type over a time, both ends included; types in their order.
    public func counts(from start: Date, to end: Date) async throws -> [SurveyCount] {
        let rows = try await transaction.all(
            """
            SELECT request.service_code, count(*) AS answers,
                count(*) FILTER (WHERE answer.was_solved = 'yes') AS solved,
                count(*) FILTER (WHERE answer.was_solved = 'no') AS unsolved,
                avg(answer.score)::double precision AS mean_score
            FROM survey_answer AS answer
            JOIN service_request AS request ON request.service_request_id = answer.service_request_id
            WHERE answer.answered_at BETWEEN \(start) AND \(end)
            GROUP BY request.service_code
            ORDER BY request.service_code
            """
        )
        return try rows.map {
            SurveyCount(
                service: ServiceCode(trusted: try $0.decode("service_code")),
                answers: try $0.decode("answers"),
                solved: try $0.decode("solved"),
                unsolved: try $0.decode("unsolved"),
                meanScore: try $0.decode("mean_score")
            )
        }
    }
}
