import ArgumentParser
import Domain
import Foundation
import Hub

extension RequestCommand {
    /// The command `hub311 request pause`.
    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the clocks stand still, for a reason that is public; `resume` lets them go on."
        )

        @OptionGroup var target: Target
        @OptionGroup var acting: RequestActing
        @OptionGroup var words: ResidentWords
        @Option(
            help: "waiting_for_requester, waiting_for_other_body, season, weather_event or before_court; not: no staff."
        )
        var reason: String

        func run() async throws {
            guard let why = RequestLife.PauseReason(rawValue: reason) else {
                let known = RequestLife.PauseReason.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--reason \(reason) is unknown: \(known)")
            }
            try await target.step(.pause(why), acting, words)
        }
    }

    /// The command `hub311 request resume`.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let the clocks go on.")

        @OptionGroup var target: Target
        @OptionGroup var acting: RequestActing
        @OptionGroup var words: ResidentWords

        func run() async throws { try await target.step(.resume, acting, words) }
    }

    /// The command `hub311 request decline`.
    struct Decline: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say no, with a reason the resident reads in their language; the request ends."
        )

        @OptionGroup var target: Target
        @OptionGroup var acting: RequestActing
        @Option(help: "The reason in English.") var en: String
        @Option(help: "The reason in French.") var fr: String

        func run() async throws {
            let reason: PublicReason
            do {
                reason = try PublicReason(english: en, french: fr)
            } catch {
                throw ValidationError("--en, --fr: \(error)")
            }
            try await target.step(.decline(reason), acting, ResidentWords())
        }
    }

    /// The command `hub311 request dispute`.
    struct Dispute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The requester says that it is not done: open again under the same reference, and counted.",
            discussion: "Within the days of tenant.yml's dispute_window_days; after them exit status 2."
        )

        @OptionGroup var target: Target
        @Option(help: "What is not done, in the requester's words; staff alone read it.") var text: String
        @Option(help: "Version of the request that you have seen.") var version: Int?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await target.work(at: nil) { surroundings, reference, _ in
                let request = try await DisputeRequest(surroundings)(
                    reference,
                    words: text,
                    expectedVersion: version,
                    by: "staff:cli"
                )
                try target.say(request, json: json)
            }
        }
    }

    /// The command `hub311 request withdraw`.
    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The requester takes it back: it ends with its parts, and the body that has it is told."
        )

        @OptionGroup var target: Target
        @Option(help: "Version of the request that you have seen.") var version: Int?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await target.work(at: nil) { surroundings, reference, _ in
                let request = try await WithdrawRequest(surroundings)(
                    reference,
                    expectedVersion: version,
                    by: "staff:cli"
                )
                try target.say(request, json: json)
            }
        }
    }
}

extension RequestCommand.Target {
    /// Takes a step and prints where the request stands.
    func step(_ step: RequestStep, _ acting: RequestActing, _ words: ResidentWords) async throws {
        try await work(at: acting.jurisdiction) { surroundings, reference, tenant in
            let changed = try await TakeRequestStep(surroundings)(
                step,
                reference,
                at: tenant,
                by: "staff:cli",
                text: words.localized,
                expectedVersion: acting.version
            )
            try acting.say(changed)
        }
    }

    /// Prints where the request stands.
    func say(_ request: ServiceRequest, json: Bool) throws {
        print(
            json
                ? try JSONText.of(RequestState(request))
                : "\(request.reference): \(request.life.internalState.rawValue)"
        )
    }
}
