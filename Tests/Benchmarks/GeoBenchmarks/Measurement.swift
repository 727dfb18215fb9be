import Domain
import Foundation
import Geo

/// Every figure of one set of shapes: the best of five runs, and how many areas each way of asking found.
struct Measurement {
    private static let runs = 5
    /// Points asked one by one, and points of the database's smaller sample.
    private static let singles = 200_000
    private static let sample = 20_000

    private let features: [BoundaryFeature]
    private let points: [Coordinate]

    init(shapes: String, points: String) throws {
        // Wards have no tree of borders: what is measured is the look-up of covering areas.
        features = try ShapeFile.features(shapes, layer: .ward)
        self.points = try ShapeFile.points(points)
    }

    func run() async throws -> [String: Double] {
        var figures: [String: Double] = ["points": Double(points.count), "areas": Double(features.count)]
        var index = BoundaryIndex([])
        let build = best(of: 3) { index = BoundaryIndex(features, generation: GenerationID(1)) }
        let vertices = Double(index.vertexCount)
        figures["vertices"] = vertices
        figures["build_seconds_per_million"] = build / vertices * 1e6
        figures["bytes_per_vertex"] = Double(index.byteCount) / vertices

        var hits = 0
        let count = Double(points.count)
        figures["unsorted_ns"] = best { hits = index.locate(points).hits } * 1e9 / count
        figures["unsorted_hits"] = Double(hits)
        let sorted = points.sorted {
            ($0.latitudeNano / 10_000_000, $0.longitudeNano) < ($1.latitudeNano / 10_000_000, $1.longitudeNano)
        }
        figures["sorted_ns"] = best { hits = index.locate(sorted).hits } * 1e9 / count
        figures["sorted_hits"] = Double(hits)
        figures["cores_ns"] = await bestOfCores(index, &hits) * 1e9 / count
        figures["cores_hits"] = Double(hits)
        figures["sample_hits"] = Double(index.locate(Array(points.prefix(Self.sample))).hits)
        measureSingles(index, &figures)
        try measureFile(index, &figures)
        return figures
    }

    private func best(of runs: Int = runs, _ body: () throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<runs {
            let began = ContinuousClock.now
            try body()
            best = min(best, began.duration(to: .now).seconds)
        }
        return best
    }

    private func bestOfCores(_ index: BoundaryIndex, _ hits: inout Int) async -> Double {
        var best = Double.infinity
        for _ in 0..<Self.runs {
            let began = ContinuousClock.now
            hits = await index.locate(points, cores: 2).hits
            best = min(best, began.duration(to: .now).seconds)
        }
        return best
    }

    /// One call at a time, each with its own reading of the clock, which is in the figures.
    private func measureSingles(_ index: BoundaryIndex, _ figures: inout [String: Double]) {
        var found: [UInt32] = []
        var hits = 0
        for place in points { index.find(place, into: &found); hits += found.count }
        figures["single_hits"] = Double(hits)
        let asked = Array(points.prefix(Self.singles))
        var best = (p50: Double.infinity, p99: Double.infinity)
        for _ in 0..<Self.runs {
            var times = asked.map { place in
                var before = timespec()
                var after = timespec()
                // 0 on success; this clock is always there.
                clock_gettime(CLOCK_MONOTONIC, &before)
                index.find(place, into: &found)
                clock_gettime(CLOCK_MONOTONIC, &after)
                return (after.tv_sec - before.tv_sec) * 1_000_000_000 + after.tv_nsec - before.tv_nsec
            }
            times.sort()
            guard !times.isEmpty else { return }
            best.p50 = min(best.p50, Double(times[times.count / 2]))
            best.p99 = min(best.p99, Double(times[times.count * 99 / 100]))
        }
        figures["single_p50_ns"] = best.p50
        figures["single_p99_ns"] = best.p99
    }

    private func measureFile(_ index: BoundaryIndex, _ figures: inout [String: Double]) throws {
        let path = NSTemporaryDirectory() + "geo-benchmark-\(ProcessInfo.processInfo.processIdentifier).index"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = IndexFile(path: path)
        figures["save_seconds"] = try best(of: 1) { try file.save(index, fingerprint: "benchmark") }
        var mapped = BoundaryIndex([])
        figures["load_seconds"] = try best(of: 3) {
            mapped = try file.load(generation: GenerationID(1), fingerprint: "benchmark", roads: [])
        }
        var hits = 0
        figures["mapped_ns"] = best { hits = mapped.locate(points).hits } * 1e9 / Double(points.count)
        figures["mapped_hits"] = Double(hits)
    }
}
