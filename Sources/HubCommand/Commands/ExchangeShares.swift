import ArgumentParser
import Domain
import Foundation
import Geo
import Hub

/// `hub311 exchange shares …`: how much of each exchange lies in which municipality.
struct ExchangeShares: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shares",
        abstract: "Import shares of municipalities in exchanges, or count them from addresses.",
        subcommands: [Import.self, Compute.self, List.self]
    )
}

extension ExchangeShares {
    /// The command `hub311 exchange shares import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Import shares: exchange_area, municipality, share, basis (data, addresses, typed), valid_from, note.",
            discussion: "All or nothing. Exit status 2 when a row cannot be taken or names what is not there."
        )

        @Argument(help: "The file.") var file: String
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let read = try KeepExchangeShares.read(path: file)
            for row in read.bad { Progress.say("\(file): \(row)") }
            guard read.bad.isEmpty else { throw ExitCode.faults }
            try await withRegisterFaults {
                try await Workbench.use(deployment) { bench in
                    try await KeepExchangeShares(try await bench.surroundings()).add(read.sets, by: "cli")
                }
            }
            print("shares of \(read.sets.count) exchanges")
        }
    }

    /// The command `hub311 exchange shares compute`.
    struct Compute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count the addresses inside each exchange's polygon by municipality.",
            discussion: """
                Polygons are areas of any boundary file whose name (or the property given) is the exchange's. Points come from \
                --points, a CSV file with lat and lon, or from the address set in force. Nothing is stored without --apply.
                """
        )

        @Argument(help: "File with the polygons of exchanges.") var polygons: String
        @Option(help: "Name of the property that holds the exchange.") var name = "name"
        @Option(help: "CSV file of points with the columns lat and lon. (default: the address set in force)")
        var points: String?
        @Option(help: "First day the shares are used. (default: today)") var from: String?
        @Option(help: "A note on where they come from.") var note = ""
        @Flag(help: "Store the shares.") var apply = false
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            var options = ImportOptions(layer: LayerName(trusted: "exchange"))
            options.nameProperty = name
            let read = try await BoundaryImport(options).read(path: polygons)
            for error in read.report.errors.prefix(20) { Progress.say("\(polygons): \(error)") }
            guard read.report.errors.isEmpty, !read.features.isEmpty else { throw ExitCode.faults }
            let day = try from.map { try ExchangeOptions.day($0, "--from") }
            try await withRegisterFaults {
                try await Workbench.use(deployment) { bench in
                    let surroundings = try await bench.surroundings()
                    let index = surroundings.geography.index
                    guard index.generation != nil else {
                        Progress.say("no boundaries are in force; hub311 geo import and hub311 geo activate bring them")
                        throw ExitCode.unavailable
                    }
                    let places = try self.places(surroundings)
                    let counts = ComputeShares(polygons: BoundaryIndex(read.features), municipalities: index)(places)
                    let today = CalendarDay(Date(), in: surroundings.numbering.plan.timeZone)
                    let sets = try ComputeShares.shares(counts, from: day ?? today, note: note)
                    if apply { try await KeepExchangeShares(surroundings).add(sets, by: "cli") }
                    if json {
                        print(try JSONText.of(sets))
                        return
                    }
                    for set in sets {
                        for share in set.shares { print("\(set.exchange)\t\(share.area)\t\(share.share)\t\(set.note)") }
                    }
                    for count in counts where count.nowhere > 0 {
                        Progress.say("\(count.exchange): \(count.nowhere) addresses lie in no municipality")
                    }
                    print(apply ? "stored, from \(day ?? today) on" : "nothing stored; --apply stores them")
                }
            }
        }

        private func places(_ surroundings: Surroundings) throws -> [Coordinate] {
            guard let points else {
                let places = ComputeShares.points(in: surroundings)
                guard places.isEmpty else { return places }
                Progress.say("no address set is in force; hub311 address import brings one, or name --points FILE")
                throw ExitCode.unavailable
            }
            let read = try ComputeShares.points(path: points) {
                Progress.tick("\(points): \($1 == 0 ? 100 : $0 * 100 / $1) %")
            }
            Progress.endTicks()
            for row in read.bad.prefix(20) { Progress.say("\(points): \(row)") }
            return read.points
        }
    }

    /// The command `hub311 exchange shares list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the shares in force.")

        @Option(help: "Day or instant. (default: now)") var at: String?
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            try await Workbench.use(deployment) { bench in
                let plan = try await bench.surroundings().numbering.plan
                let instant = try at.map { try ExchangeOptions.instant($0, "--at", in: plan.timeZone) } ?? Date()
                let sets = plan.exchanges.compactMap { plan.shares(of: $0, at: instant) }
                if json {
                    print(try JSONText.of(sets))
                    return
                }
                for set in sets {
                    for share in set.shares {
                        print("\(set.exchange)\t\(share.area)\t\(share.share)\t\(set.basis.rawValue)\t\(set.from)")
                    }
                }
            }
        }
    }
}
