import Domain

/// What all imports have in common while a file is read: the report, and the ways of complaining.
struct ImportSession {
    var report: ImportReport

    /// False once the file turned out to be in a coordinate system that it named too late.
    private(set) var coordinatesAreUsable = true

    private let limit: Int

    init(source: String, findingLimit: Int) {
        report = ImportReport(source: source)
        limit = findingLimit
    }

    /// Notes something about a feature, or about the file.
    mutating func note(
        _ severity: ImportFinding.Severity,
        _ code: ImportFinding.Code,
        at origin: FeatureOrigin? = nil,
        id: String? = nil,
        _ fault: String,
        expected: String = ""
    ) {
        report.add(
            ImportFinding(
                severity: severity,
                code: code,
                feature: origin?.number,
                line: origin?.line,
                id: id,
                fault: fault,
                expected: expected
            ),
            limit: limit
        )
    }

    /// Notes something that is no feature at all; it has a number only where a feature seems to have been meant.
    mutating func noteBroken(_ message: String, feature: Int?, line: Int) {
        report.add(
            ImportFinding(
                severity: .error,
                code: .json,
                feature: feature,
                line: line,
                id: nil,
                fault: message,
                expected: "one JSON object for each feature"
            ),
            limit: limit
        )
    }

    /// The id of a feature: the named property, or the feature's own `id` member; complains when there is none.
    mutating func id(of parsed: ParsedFeature, property: String, at origin: FeatureOrigin) -> String? {
        if let text = parsed.properties[property]?.text ?? parsed.id?.text { return text }
        note(
            .error,
            .property,
            at: origin,
            "there is no id",
            expected: "a property \"\(property)\", or another named with the import"
        )
        return nil
    }

    /// A day of a feature, as ISO date; nil when it says none, and after a complaint.
    mutating func day(
        _ property: String,
        of parsed: ParsedFeature,
        at origin: FeatureOrigin,
        id: String
    ) -> String? {
        guard let text = parsed.properties[property]?.text else { return nil }
        if let day = try? CalendarDay(text) { return day.description }
        note(
            .error,
            .property,
            at: origin,
            id: id,
            "\"\(property)\" is \"\(text.prefix(40))\" and was left out",
            expected: "a day such as 2027-06-01"
        )
        return nil
    }

    /// Complains when the collection states a coordinate system after its features, where it is too late to convert them.
    mutating func judge(coordinateSystem name: String?) {
        guard let name, !GeoJSONReader.isWGS84(name) else { return }
        coordinatesAreUsable = false
        note(
            .error,
            .coordinateSystem,
            "the file states the coordinate system \(name.prefix(80)) after its features",
            expected: "the member \"crs\" before the features, so that the file can be converted, or WGS 84"
        )
    }
}
