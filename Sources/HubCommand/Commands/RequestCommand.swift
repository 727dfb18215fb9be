import ArgumentParser
import Domain
import Foundation
import Hub

/// `hub311 request …`: what a department and the hub's arbiter do with a request, from the command line.
struct RequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Show a request and take a step with it.",
        discussion:
            "Exit status 2 when the request is unknown or the step is not possible; the possible ones are named.",
        subcommands: [
            Show.self, Step.self, Pause.self, Resume.self, Decline.self, Dispute.self, Withdraw.self, Offer.self,
            Accept.self,
            Refuse.self, Place.self, Arbiter.self, Reclassify.self, Relocate.self, Split.self, Move.self,
            Owner.self,
            Merge.self, Unmerge.self, Similar.self, Index.self,
        ]
    )

    struct Target: ParsableArguments {
        @Argument(help: "The reference, in any spelling.") var reference: String
        @OptionGroup var deployment: DeploymentOptions

        /// Works on the request; faults of its own kind become exit status 2.
        func work(
            at jurisdiction: String?,
            _ body: (Surroundings, RequestReference, HostedTenant) async throws -> Void
        ) async throws {
            let reference: RequestReference
            do {
                reference = try RequestReference(parsing: self.reference)
            } catch {
                throw ValidationError("\(error)")
            }
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                let found: HostedTenant? =
                    if let jurisdiction {
                        try await surroundings.directory.tenant(
                            try Checked.value(jurisdiction, "--jurisdiction", JurisdictionID.self)
                        )
                    } else {
                        try await surroundings.directory.tenant(code: reference.code)
                    }
                guard let tenant = found else { throw ValidationError("the jurisdiction is not served here") }
                do {
                    try await body(surroundings, reference, tenant)
                } catch let fault as any CustomStringConvertible & Error where Self.isFault(fault) {
                    Progress.say("\(fault)")
                    throw ExitCode.faults
                }
            }
        }

        private static func isFault(_ error: any Error) -> Bool {
            switch error {
            case is UnknownRequest, is RequestLife.IllegalTransition, is ChangedMeanwhile, is OpenParts,
                is WholeIsElsewhere,
                is OutcomeNeeded, is AnswerOffer.NothingOffered, is PlaceRequest.Fault, is HandOver.Refusal.Invalid,
                is DisputeRequest.Fault, is SplitRequest.Fault, is CorrectRequest.Fault, is UnknownService,
                is PauseRefused,
                is MergeRequests.Fault, is DecidePublication.Fault, is Publication.NothingToDecide:
                true
            default: false
            }
        }
    }
}

extension RequestCommand {
    /// The command `hub311 request show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what anybody who knows the reference may see.")

        @OptionGroup var target: Target
        @Option(help: "Language of the texts: en or fr.") var language = "en"

        func run() async throws {
            guard let tongue = Language(rawValue: language) else { throw ValidationError("--language is en or fr") }
            try await target.work(at: nil) { surroundings, reference, _ in
                guard let tracked = try await TrackRequest(surroundings)(reference) else { throw UnknownRequest() }
                print("\(reference)  \(tracked.service?.name[tongue] ?? tracked.request.serviceCode.rawValue)")
                print("with: \(tracked.holder.plain[tongue])")
                if let decision = tracked.request.decision { print("because: \(decision.residentText[tongue])") }
                for step in PublicStep.allCases {
                    print("\(step.rawValue): \(tracked.steps[step]?.formatted(.iso8601) ?? "not yet")")
                }
                if let due = tracked.request.completeDue { print("due: \(due.formatted(.iso8601))") }
                for event in tracked.history {
                    let words = event.description?[tongue] ?? ""
                    print("  \(event.at.formatted(.iso8601))  \(event.kind.rawValue)  \(event.actor)  \(words)")
                }
            }
        }
    }

    /// The command `hub311 request step`.
    struct Step: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a step: review, plan, assign, make-safe, complete, reopen or take-back.",
            discussion: "Pause, resume, decline, dispute and withdraw are commands of their own."
        )

        @OptionGroup var target: Target
        @Argument(help: "review, plan, assign, make-safe, complete, reopen; take-back ends an offer not answered yet.")
        var step: String
        @OptionGroup var acting: RequestActing
        @Option(help: "For complete: fixed, inspected_meets_standard, not_found, could_not_reach, withdrawn.")
        var outcome = "fixed"
        @OptionGroup var words: ResidentWords

        func run() async throws {
            let steps: [String: RequestStep] = [
                "review": .review, "plan": .plan, "assign": .assignWork, "make-safe": .makeSafe, "reopen": .reopen,
                "take-back": .takeBack,
            ]
            if step == "complete" {
                guard let outcome = Outcome(rawValue: outcome) else {
                    throw ValidationError("--outcome \(outcome) is unknown")
                }
                return try await run(.complete(outcome))
            }
            guard let wanted = steps[step] else {
                throw ValidationError(
                    "the step is review, plan, assign, make-safe, complete, reopen or take-back; not \(step)"
                )
            }
            try await run(wanted)
        }

        private func run(_ wanted: RequestStep) async throws {
            try await target.work(at: acting.jurisdiction) { surroundings, reference, tenant in
                let changed = try await TakeRequestStep(surroundings)(
                    wanted,
                    reference,
                    at: tenant,
                    by: "staff:cli",
                    text: words.localized,
                    expectedVersion: acting.version
                )
                try acting.say(changed, changed.step.rawValue)
            }
        }
    }

    /// The command `hub311 request accept`.
    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accept a request that was offered to a jurisdiction."
        )

        @OptionGroup var target: Target
        @Option(help: "The jurisdiction it was offered to.") var jurisdiction: String

        func run() async throws {
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                _ = try await AnswerOffer(surroundings)(reference, at: tenant, by: "staff:cli")
                print("\(reference): accepted by \(tenant.id)")
            }
        }
    }

    /// The command `hub311 request refuse`.
    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuse a request that was offered, with a reason; at the origin it stays open."
        )

        @OptionGroup var target: Target
        @Option(help: "The jurisdiction it was offered to.") var jurisdiction: String
        @Option(help: "not_our_area, not_our_asset, not_our_service, not_enough_information, already_known or other.")
        var reason = "other"
        @Option(help: "The reason in words.") var text: String

        func run() async throws {
            guard let code = HandOver.Refusal.Code(rawValue: reason) else {
                throw ValidationError("--reason \(reason) is unknown")
            }
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                let refusal = try HandOver.Refusal(code, text: text)
                _ = try await AnswerOffer(surroundings)(reference, at: tenant, refusal: refusal, by: "staff:cli")
                print("\(reference): refused by \(tenant.id)")
            }
        }
    }

    /// The command `hub311 request place`.
    struct Place: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Place a request that waits in the hub's triage; it is offered to the body that then answers for it."
        )

        @OptionGroup var target: Target
        @Option(parsing: .unconditional, help: "Latitude.") var lat: String?
        @Option(parsing: .unconditional, help: "Longitude.") var long: String?
        @Option(help: "The road that is meant.") var road: String?
        @Option(help: "The municipality that is meant.") var municipality: String?
        @Option(help: "The body that shall have it, by the arbiter's word.") var to: String?

        func run() async throws {
            var place = PlaceInput(chosenRoad: road, chosenMunicipality: municipality)
            if let lat, let long {
                do {
                    place.coordinate = try Coordinate(latitudeText: lat, longitudeText: long)
                } catch {
                    throw ValidationError("\(error)")
                }
            }
            let body = try to.map { try Checked.value($0, "--to", JurisdictionID.self) }
            try await target.work(at: nil) { surroundings, reference, _ in
                let decision = try await PlaceRequest(surroundings)(
                    reference,
                    place: place,
                    body: body,
                    by: "staff:cli"
                )
                print("\(reference): offered to \(body?.rawValue ?? decision.lead.bodyID ?? "nobody")")
            }
        }
    }
}
