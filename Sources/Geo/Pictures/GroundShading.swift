import Domain

/// Shades the ground of a finding: hatched while it is open, in the colours of those who answer once it is decided.
struct GroundShading {
    private let finding: BoundaryFinding
    private let claims: [CoveringArea]
    private let decided: DecidedGrounds

    init(_ finding: BoundaryFinding, features: [BoundaryFeature], decided: DecidedGrounds) {
        self.finding = finding
        self.decided = decided
        let owners = Set(finding.owners.map(\.id))
        claims = finding.kind.matter == .gap ? [] : features.filter { owners.contains($0.id) }.map(\.covering)
    }

    /// The parts of SVG; ids on the page end in the map's number.
    func parts(_ frame: MapFrame, _ ground: AreaGeometry, number: Int) -> [String] {
        let data = frame.path(ground)
        guard !data.isEmpty else { return [] }
        guard let decision = finding.decision, decision.verdict != .leave, !decided.isEmpty else {
            return ["<path d=\"\(data)\" fill=\"url(#ground)\" fill-opacity=\"0.75\" fill-rule=\"evenodd\"/>"]
        }
        var parts = [
            "<clipPath id=\"decided\(number)\"><path d=\"\(data)\" clip-rule=\"evenodd\"/></clipPath>"
                + "<g clip-path=\"url(#decided\(number))\" shape-rendering=\"crispEdges\">"
        ]
        if case .priority(let owner) = decision.verdict, let colour = colour(of: owner) {
            parts.append("<path d=\"\(data)\" fill=\"\(colour)\" fill-opacity=\"0.5\"/>")
        } else {
            parts += sampled(frame)
        }
        if case .split(.line(let line, _, _)) = decision.verdict {
            parts.append(
                "<path d=\"\(frame.line(line))\" fill=\"none\" stroke=\"#000\" stroke-width=\"2\" stroke-dasharray=\"3 3\"/>"
            )
        }
        return parts + ["</g>"]
    }

    private func colour(of owner: AreaID) -> String? {
        finding.owners.firstIndex { $0.id == owner }.map { FindingPicture.colours[$0 % FindingPicture.colours.count] }
    }

    /// The ground as it answers, asked place by place, so that any way of dividing it shows.
    private func sampled(_ frame: MapFrame) -> [String] {
        let (columns, rows) = (205, 140)
        let (width, height) = (frame.width / Double(columns), frame.height / Double(rows))
        var parts: [String] = []
        for row in 0..<rows {
            var run: (colour: String, start: Int)?
            for column in 0...columns {
                let found = column == columns ? nil : owner(frame, column, of: columns, row, of: rows).flatMap(colour)
                if let open = run, open.colour != found {
                    parts.append(
                        "<rect x=\"\(MapFrame.number(frame.left + Double(open.start) * width))\" "
                            + "y=\"\(MapFrame.number(frame.top + Double(row) * height))\" "
                            + "width=\"\(MapFrame.number(Double(column - open.start) * width))\" "
                            + "height=\"\(MapFrame.number(height + 0.05))\" fill=\"\(open.colour)\" fill-opacity=\"0.5\"/>"
                    )
                    run = nil
                }
                if run == nil, let found { run = (found, column) }
            }
        }
        return parts
    }

    private func owner(_ frame: MapFrame, _ column: Int, of columns: Int, _ row: Int, of rows: Int) -> AreaID? {
        let box = frame.box
        let place = Coordinate(
            trustedLatitudeNano: box.north - (box.north - box.south) / Int64(2 * rows) * Int64(2 * row + 1),
            longitudeNano: box.west + (box.east - box.west) / Int64(2 * columns) * Int64(2 * column + 1)
        )
        return decided.owner(in: finding.layer, at: place, covering: claims)?.area.id
    }
}
