import ArgumentParser
import Domain
import Foundation
import Hub

/// `hub311 exchange lookup`: what a number, or every code of a file, says of where a call comes from.
struct ExchangeLookup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup",
        abstract: "Say what a caller's number and the dialled one tell: exchange, candidates, what to ask.",
        discussion: """
            With --csv the file has the columns id, npa and nxx; the result has id, exchange_area, candidates (areas of \
            municipalities, the likeliest first, joined by ";"), then shares, basis, status, wireless, error. Exit status 2 when a \
            row or a number cannot be read.
            """
    )

    @Argument(help: "The caller's number, in any usual spelling; \"anonymous\" for none.") var number: String?
    @Option(help: "The number dialled, best the termination number.") var did: String?
    @Option(help: "Day or instant of the call. (default: now)") var at: String?
    @Option(help: "CSV file with the columns id, npa and nxx in any order.") var csv: String?
    @Option(help: "File to write. (default: standard output)") var out: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        guard csv != nil || number != nil || did != nil else {
            throw ValidationError("give a number, or --did, or --csv FILE")
        }
        let caller = TelephoneNumber(number)
        let dialled = TelephoneNumber(did)
        for (name, value) in [("number", caller), ("--did", dialled)] {
            if case .malformed(let reason) = value {
                Progress.say("\(name) is no telephone number: \(reason.english)")
                throw ExitCode.faults
            }
        }
        try await Workbench.use(deployment) { bench in
            let surroundings = try await bench.surroundings()
            var plan = surroundings.numbering.plan
            let instant = try at.map { try ExchangeOptions.instant($0, "--at", in: plan.timeZone) } ?? Date()
            if at != nil {
                let hub = surroundings.directory.hasHub ? try await surroundings.directory.hub() : nil
                plan = try await NumberingDirectory.plan(at: instant, from: bench.databases, hub: hub)
            }
            if plan.list == nil { Progress.say("no list is in force; hub311 exchange import brings one") }
            if let csv {
                try lookUpFile(csv, plan, instant)
            } else {
                let answer = LookUpExchange(surroundings)(caller: caller, dialled: dialled, at: instant, plan: plan)
                print(json ? try JSONText.of(ExchangeReport(answer)) : ExchangeReport(answer).text)
            }
        }
    }

    private func lookUpFile(_ csv: String, _ plan: NumberingPlan, _ instant: Date) throws {
        let report = try LookUpCodes(plan)(from: csv, to: out ?? "-", at: instant) {
            Progress.tick("\(csv): \($1 == 0 ? 100 : $0 * 100 / $1) %")
        }
        Progress.endTicks()
        for row in report.badRows.prefix(20) { Progress.say("\(csv): \(row)") }
        let line = "\(report.rows) rows, \(report.found) codes found, \(report.badRows.count) could not be read"
        if out == nil { Progress.say(line) } else { print(json ? try JSONText.of(report) : line) }
        if !report.badRows.isEmpty { throw ExitCode.faults }
    }
}

/// An answer as the command line shows it.
struct ExchangeReport: Encodable {
    private let answer: ExchangeAnswer

    init(_ answer: ExchangeAnswer) {
        self.answer = answer
    }

    /// For people.
    var text: String {
        var lines = [
            "exchange     \(answer.exchange?.rawValue ?? "unknown")", "known by     \(answer.source.rawValue)",
            "certainty    \(answer.certainty.rawValue)",
        ]
        for candidate in answer.candidates {
            let place = candidate.municipality
            let part = candidate.basis.map { "\(candidate.share) (\($0.rawValue))" } ?? "its own number"
            lines.append(
                "candidate    \(place.name.english) (\(place.area))  \(part)\(place.isServed ? "" : "  not served here: refer")"
            )
        }
        switch answer.greeting {
        case .neutral: lines.append("greeting     neutral")
        case .municipality(let area): lines.append("greeting     \(area)")
        }
        switch answer.consent {
        case nil: break
        case .inForce: lines.append("consent      in force")
        case .lacking(let areas):
            lines.append(
                "consent      lacking" + (areas.isEmpty ? "" : ": " + areas.map(\.rawValue).joined(separator: ", "))
            )
        }
        if let route = answer.route { lines.append("goes to      \(route.address) (\(route.kind.rawValue))") }
        lines.append("because      \(answer.reason.english)")
        for hint in answer.hints { lines.append("note         \(hint.text.english)") }
        lines.append("ask          \(answer.question.english)")
        lines.append("             \(answer.question.french)")
        return lines.joined(separator: "\n")
    }

    private enum CodingKeys: String, CodingKey {
        case exchange, source, certainty, candidates, greeting, consent, lacking, route, reason, hints, ask
    }

    private struct Candidate: Encodable {
        let area: AreaID
        let name: LocalizedText
        let jurisdiction: JurisdictionID?
        let isServed: Bool
        let share: Double
        let basis: ExchangeShareSet.Basis?

        enum CodingKeys: String, CodingKey {
            case area, name, share, basis
            case jurisdiction = "jurisdiction_id"
            case isServed = "is_served"
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(answer.exchange, forKey: .exchange)
        try container.encode(answer.source, forKey: .source)
        try container.encode(answer.certainty, forKey: .certainty)
        let candidates = answer.candidates.map {
            Candidate(
                area: $0.municipality.area,
                name: $0.municipality.name,
                jurisdiction: $0.municipality.jurisdiction,
                isServed: $0.municipality.isServed,
                share: $0.share,
                basis: $0.basis
            )
        }
        try container.encode(candidates, forKey: .candidates)
        switch answer.greeting {
        case .neutral: try container.encode("neutral", forKey: .greeting)
        case .municipality(let area): try container.encode(area, forKey: .greeting)
        }
        switch answer.consent {
        case nil: break
        case .inForce: try container.encode("in_force", forKey: .consent)
        case .lacking(let areas):
            try container.encode("lacking", forKey: .consent)
            try container.encode(areas, forKey: .lacking)
        }
        try container.encodeIfPresent(answer.route, forKey: .route)
        try container.encode(answer.reason, forKey: .reason)
        try container.encode(answer.hints, forKey: .hints)
        try container.encode(answer.question, forKey: .ask)
    }
}
