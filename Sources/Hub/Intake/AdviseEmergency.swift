public import Domain
import Logging
import Routing

/// What must be said before anything else to somebody who types or sends words that mean danger.
///
/// Advice never blocks: the caller shows it and goes on. Only what set it off is logged, never the words themselves.
public struct AdviseEmergency: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The advice; nil when neither words nor type mean danger.
    public func callAsFunction(
        _ words: String,
        service: Service? = nil,
        answers: Answers = Answers()
    ) -> EmergencyAdvice? {
        guard let advice = EmergencyGuard.advice(for: words, service: service, answers: answers) else { return nil }
        surroundings.log.info(
            "emergency advice shown",
            metadata: ["matched": "\(advice.matched.joined(separator: ","))"]
        )
        return advice
    }
}
