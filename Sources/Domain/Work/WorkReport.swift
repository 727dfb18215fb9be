import Foundation

/// What a crew tells when it has finished: how it went, how long it took, what was used.
public struct WorkReport: Sendable, Hashable, Codable {
    /// How it went.
    public let outcome: WorkOutcome

    /// Working time in minutes, 0 to 1,440 (one day); nil when nobody measured it.
    public let minutes: Int?

    /// Materials in words, at most 500 characters: `2 bags of cold mix`.
    public let materials: String?

    /// A note for the department, at most 2,000 characters; residents never read it.
    public let note: String?

    /// Answers to the type's checklist by code; checked against it by ``Checklist/faults(in:workWasDone:)``.
    public let checklist: [String: String]

    /// Most minutes one report may tell.
    public static let mostMinutes = 1_440

    /// Takes a report whose texts are cut at both ends; blank ones count as none.
    ///
    /// - Throws: ``Invalid`` naming every field at fault.
    public init(
        outcome: WorkOutcome,
        minutes: Int? = nil,
        materials: String? = nil,
        note: String? = nil,
        checklist: [String: String] = [:]
    ) throws(Invalid) {
        var faults: [FieldFault] = []
        if let minutes, !(0...Self.mostMinutes).contains(minutes) {
            faults.append(
                FieldFault(
                    field: "minutes",
                    code: .outOfRange,
                    fault: LocalizedText(english: "is out of range", french: "est hors limites"),
                    expected: LocalizedText(
                        english: "a whole number from 0 to 1440",
                        french: "un nombre entier de 0 à 1440"
                    )
                )
            )
        }
        self.outcome = outcome
        self.minutes = minutes
        self.materials = Self.words(materials, "materials", atMost: 500, &faults)
        self.note = Self.words(note, "note", atMost: 2_000, &faults)
        self.checklist = checklist.filter { !$0.value.isEmpty }
        guard faults.isEmpty else { throw Invalid(faults: faults) }
    }

    /// A report with fields out of range.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// One per field.
        public let faults: [FieldFault]

        /// Every fault in one line.
        public var description: String { faults.map { $0.message(.english) }.joined(separator: "; ") }

        /// What was found.
        public init(faults: [FieldFault]) {
            self.faults = faults
        }
    }

    private static func words(
        _ text: String?,
        _ field: String,
        atMost limit: Int,
        _ faults: inout [FieldFault]
    ) -> String? {
        guard let words = text?.trimmingCharacters(in: .whitespacesAndNewlines), !words.isEmpty else { return nil }
        guard words.unicodeScalars.count > limit else { return words }
        faults.append(
            FieldFault(
                field: field,
                code: .tooLong,
                fault: LocalizedText(english: "is too long", french: "est trop long"),
                expected: LocalizedText(
                    english: "at most \(limit) characters",
                    french: "au plus \(limit) caractères"
                )
            )
        )
        return nil
    }
}

/// How a piece of work ended: the words of a request's outcome that a crew can tell.
public enum WorkOutcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// Put right for good.
    case fixed
    /// Danger removed; the lasting repair is still to come, so the request stays open.
    case madeSafe = "made_safe"
    /// Looked at; it meets its standard.
    case inspectedMeetsStandard = "inspected_meets_standard"
    /// Looked for; nothing is there.
    case notFound = "not_found"
    /// The requester was needed and did not answer.
    case couldNotReach = "could_not_reach"

    /// Whether something was done at the place, so that the points of a checklist must be answered.
    public var workWasDone: Bool {
        switch self {
        case .fixed, .madeSafe: true
        case .inspectedMeetsStandard, .notFound, .couldNotReach: false
        }
    }

    /// The same word for the request.
    public var outcome: Outcome {
        switch self {
        case .fixed: .fixed
        case .madeSafe: .madeSafe
        case .inspectedMeetsStandard: .inspectedMeetsStandard
        case .notFound: .notFound
        case .couldNotReach: .couldNotReach
        }
    }
}
