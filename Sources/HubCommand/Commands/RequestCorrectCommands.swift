import ArgumentParser
import Domain
import Foundation
import Hub

extension RequestCommand {
    /// The command `hub311 request reclassify`.
    struct Reclassify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a request another type; who answers is decided anew, and the history explains it.",
            discussion: """
                Where another body answers for the new type, the request is offered to it under the same reference, or given back \
                to where it was born with the word whose it is.
                """
        )

        @OptionGroup var target: Target
        @OptionGroup var acting: RequestActing
        @OptionGroup var words: ResidentWords
        @Option(help: "The right type: a service code of the jurisdiction, or a public type.") var to: String
        @Option(
            help: "Answer to a question of the new type, CODE=VALUE; may be repeated. (default: those given that fit)"
        )
        var answer: [String] = []

        func run() async throws {
            let code = try Checked.value(to, "--to", ServiceCode.self)
            let answers = try Self.answers(answer)
            try await target.correct(.type(code, answers: answer.isEmpty ? nil : answers), acting, words)
        }

        /// Reads `CODE=VALUE`, several values of one code added up.
        static func answers(_ texts: [String]) throws -> Answers {
            var answers = Answers()
            for text in texts {
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, !parts[0].isEmpty else {
                    throw ValidationError("--answer is CODE=VALUE, not \(FieldFault.excerpt(text))")
                }
                answers[parts[0]] += [parts[1]]
            }
            return answers
        }
    }

    /// The command `hub311 request relocate`.
    struct Relocate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the place of a request right; who answers is decided anew, and the history explains it."
        )

        @OptionGroup var target: Target
        @OptionGroup var acting: RequestActing
        @OptionGroup var words: ResidentWords
        @Option(parsing: .unconditional, help: "Latitude.") var lat: String?
        @Option(parsing: .unconditional, help: "Longitude.") var long: String?
        @Option(help: "Address in words.") var address: String?
        @Option(help: "The road that is meant.") var road: String?
        @Option(help: "The municipality that is meant.") var municipality: String?
        @Option(help: "The asset that is meant, by its id or painted number.") var asset: String?

        func run() async throws {
            var place = PlaceInput(
                address: address,
                chosenRoad: road,
                chosenMunicipality: municipality,
                chosenAsset: asset
            )
            guard (lat == nil) == (long == nil) else { throw ValidationError("--lat and --long go together") }
            if let lat, let long {
                do {
                    place.coordinate = try Coordinate(latitudeText: lat, longitudeText: long)
                } catch {
                    throw ValidationError("\(error)")
                }
            }
            try await target.correct(.place(place), acting, words)
        }
    }

    /// The command `hub311 request split`.
    struct Split: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give parts of a request to other departments or bodies; the resident keeps one reference.",
            discussion: "The whole ends only when its parts have. What another body answers for is offered to it."
        )

        @OptionGroup var target: Target
        @OptionGroup var acting: RequestActing
        @Option(help: "Type of a part: a service code of the jurisdiction, or a public type; may be repeated.")
        var part: [String]
        @Option(help: "Answer to a question of the parts' types, CODE=VALUE; may be repeated.") var answer: [String] =
            []
        @Option(help: "Words for whoever does the parts.") var words: String?

        func run() async throws {
            let answers = try Reclassify.answers(answer)
            let parts = try part.map { code in
                SplitRequest.Part(
                    service: try Checked.value(code, "--part", ServiceCode.self),
                    answers: answers,
                    words: words
                )
            }
            try await target.work(at: acting.jurisdiction) { surroundings, reference, tenant in
                let given = try await SplitRequest(surroundings)(
                    reference,
                    into: parts,
                    at: tenant,
                    expectedVersion: acting.version,
                    by: "staff:cli"
                )
                if acting.json {
                    print(try JSONText.of(given))
                } else {
                    for part in given {
                        print(
                            "\(part.reference)\t\(part.name.english)\t\(part.body)\t\(part.isOffered ? "offered" : "kept")"
                        )
                    }
                }
            }
        }
    }
}

extension RequestCommand.Target {
    /// Puts type or place right and prints what came of it.
    fileprivate func correct(
        _ change: CorrectRequest.Change,
        _ acting: RequestActing,
        _ words: ResidentWords
    ) async throws {
        struct Answer: Encodable {
            let request: RequestState
            let lead: String?
            let outcome: String
            let reason: LocalizedText
        }
        try await work(at: acting.jurisdiction) { surroundings, reference, tenant in
            let result = try await CorrectRequest(surroundings)(
                change,
                reference,
                at: tenant,
                reason: words.localized,
                expectedVersion: acting.version,
                by: "staff:cli"
            )
            guard !acting.json else {
                let answer = Answer(
                    request: RequestState(result.request),
                    lead: result.decision.lead.bodyID,
                    outcome: result.outcome.rawValue,
                    reason: result.decision.residentText
                )
                print(try JSONText.of(answer))
                return
            }
            print("\(reference): \(result.outcome.rawValue), \(result.decision.lead)")
            print(result.decision.residentText.english)
        }
    }
}
