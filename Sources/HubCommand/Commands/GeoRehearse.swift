import ArgumentParser
import DataFiles
import Domain
import Foundation
import Geo
import Hub

/// `hub311 geo rehearse`: what a generation would change, before it is put in force.
struct GeoRehearse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Show which ground, requests and addresses would change hands; nothing is changed.",
        discussion: """
            Compares a generation with the one in force. The CSV holds one row for each request and address that changes \
            hands: ids, places and leads, nothing personal. The map is a page with a picture of each layer that changes \
            (.html), or the municipal layer alone (.svg, .png).
            """
    )

    @Argument(help: "Number of the generation.") var generation: Int
    @Option(help: "Instant whose rules are asked: 2026-03-01 (noon) or 2026-03-01T02:00:00-05:00. (default: now)")
    var at: String?
    @Option(help: "Write everything that changes hands to this CSV file.") var csv: String?
    @Option(help: "Draw it to this file: .html, .svg or .png.") var map: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var deployment: DeploymentOptions

    /// More marks than this hide the map; the rest is in the CSV.
    private static let marksDrawn = 3_000

    func run() async throws {
        let instant = try at.map { try Checked.instant($0, "--at") }
        let writer = try csv.map { try MovedFile($0) }
        try await Workbench.use(deployment) { bench in
            let surroundings = try await bench.surroundings()
            var marks: [ChangePicture.Mark] = []
            let result: RehearseGeneration.Result
            do {
                result = try await RehearseGeneration(surroundings)(
                    GenerationID(generation),
                    at: instant,
                    addresses: surroundings.rehearsedAddresses
                ) { moved in
                    try writer?.write(moved)
                    if marks.count < Self.marksDrawn { marks.append(.init(moved.kind, at: moved.place)) }
                } progress: {
                    Progress.tick($0)
                }
            } catch let fault as RehearseGeneration.Fault {
                Progress.endTicks()
                Progress.say("\(fault)")
                throw ExitCode.faults
            }
            Progress.endTicks()
            try writer?.finish()
            if let map { try await draw(result, marks, to: map) }
            print(json ? try JSONText.of(result.rehearsal) : result.rehearsal.description)
        }
    }

    private func draw(_ result: RehearseGeneration.Result, _ marks: [ChangePicture.Mark], to path: String) async throws
    {
        let rehearsal = result.rehearsal
        func picture(_ layer: LayerName) throws -> String {
            try ChangePicture(
                layer,
                from: result.old,
                to: result.new,
                changes: rehearsal.ground,
                marks: layer == .municipality ? marks : []
            )
            .svg(title: "\(layer): generation \(rehearsal.candidate) in place of \(rehearsal.active)")
        }
        guard path.lowercased().hasSuffix(".html") else {
            try await PictureFile.write(picture(.municipality), to: path)
            return
        }
        var layers: [LayerName] = [.municipality]
        for change in rehearsal.ground where !layers.contains(change.layer) { layers.append(change.layer) }
        let pictures = try layers.map { try picture($0) }
        try RehearsalPage.html(rehearsal, pictures: pictures).write(toFile: path, atomically: true, encoding: .utf8)
    }
}

/// The CSV of a rehearsal.
private final class MovedFile {
    private let writer: CSVWriter

    init(_ path: String) throws {
        writer = try CSVWriter(path: path)
        let head = [
            "kind", "id", "tenant", "lat", "long", "from", "to", "lead_then", "lead_now", "lead_next",
            "routed_by_generation",
        ]
        for name in head { writer.field(name) }
        try writer.endRow()
    }

    func write(_ moved: MovedThing) throws {
        writer.field(moved.kind.rawValue)
        writer.field(moved.id)
        writer.field(moved.tenant?.rawValue ?? "")
        writer.field(moved.place.latitudeText)
        writer.field(moved.place.longitudeText)
        writer.field(moved.from)
        writer.field(moved.to)
        writer.field(moved.leadThen ?? "")
        writer.field(moved.leadNow ?? "")
        writer.field(moved.leadNext ?? "")
        writer.field(moved.generation.map { "\($0)" } ?? "")
        try writer.endRow()
    }

    func finish() throws { try writer.finish() }
}

/// The pictures of a rehearsal on one page, with its text.
enum RehearsalPage {
    static func html(_ rehearsal: Rehearsal, pictures: [String]) -> String {
        let text = rehearsal.description.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(of: ">", with: "&gt;")
        // Each picture has a clip path of its own; ids must differ on one page.
        let drawn = pictures.enumerated().map { number, svg in
            svg.replacingOccurrences(of: "id=\"map\"", with: "id=\"map\(number)\"")
                .replacingOccurrences(of: "url(#map)", with: "url(#map\(number))")
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Rehearsal of generation \(rehearsal.candidate)</title></head>
            <body style="font-family: sans-serif; max-width: 900px; margin: 1em auto">
            <h1>Generation \(rehearsal.candidate) in place of \(rehearsal.active)</h1>
            <pre style="white-space: pre-wrap">\(text)</pre>
            \(drawn.joined(separator: "\n"))
            </body>
            </html>

            """
    }
}
