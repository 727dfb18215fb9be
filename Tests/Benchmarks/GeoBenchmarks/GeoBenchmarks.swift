import Domain
import Foundation
import Geo

/// Measures the boundary index on shapes and points from files; `Tests/Benchmarks/index` calls it and prints the table.
///
///     GeoBenchmarks export FILE.geojson OUT.shapes       what an import makes of a file, as well-known binary
///     GeoBenchmarks measure IN.shapes IN.points          one JSON object of figures
///     GeoBenchmarks csv IN.shapes IN.csv OUT.csv         processor seconds of a bulk look-up
@main
struct GeoBenchmarks {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        let figures: [String: Double]
        switch words.first {
        case "export" where words.count == 3: figures = try await export(words[1], to: words[2])
        case "measure" where words.count == 3:
            figures = try await Measurement(shapes: words[1], points: words[2]).run()
        case "csv" where words.count == 4: figures = try csv(shapes: words[1], from: words[2], to: words[3])
        default:
            print("usage: GeoBenchmarks export FILE OUT | measure SHAPES POINTS | csv SHAPES IN OUT")
            exit(64)
        }
        let json = try JSONSerialization.data(withJSONObject: figures, options: [.sortedKeys])
        print(String(decoding: json, as: UTF8.self))
    }

    private static func export(_ file: String, to path: String) async throws -> [String: Double] {
        let began = ContinuousClock.now
        let read = try await BoundaryImport(ImportOptions(layer: .municipality)).read(path: file)
        let features = read.features.sorted { $0.id < $1.id }
        let seconds = began.duration(to: .now).seconds
        try ShapeFile.write(features.map(\.geometry), to: path)
        return [
            "areas": Double(features.count),
            "vertices": Double(features.reduce(0) { $0 + $1.geometry.vertexCount }), "import_seconds": seconds,
        ]
    }

    private static func csv(shapes: String, from input: String, to output: String) throws -> [String: Double] {
        let features = try ShapeFile.features(shapes, layer: .municipality)
        let start = processorSeconds()
        let index = BoundaryIndex(features)
        let built = processorSeconds()
        let report = try LocateCSV(index)(from: input, to: output)
        return [
            "build_cpu": built - start, "rows_cpu": processorSeconds() - built, "rows": Double(report.rows),
            "inside": Double((report.verdicts["inside"] ?? 0) + (report.verdicts["contested"] ?? 0)),
        ]
    }

    /// Processor time of this process so far, user and system.
    private static func processorSeconds() -> Double {
        var usage = rusage()
        // 0 on success; -1 only for a bad argument.
        getrusage(RUSAGE_SELF.rawValue, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}

extension Duration {
    /// The same as a number.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
