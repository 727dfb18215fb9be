import Domain
import Foundation
import Hub

/// Something a step says above its form that is no fault.
enum StepNotice: Sendable {
    /// An answer brought further questions.
    case moreQuestions
    /// Another body is responsible than the check page showed before.
    case leadChanged
}

/// What every step of a report shows around its own question: trail, faults, advice, the sealed draft.
struct StepChrome {
    /// One of the answers given so far.
    struct TrailItem {
        let name: String
        let value: String
        let isMissing: Bool
        let isHere: Bool
        let step: String
        let change: String
    }

    /// The form's hidden part.
    struct Form {
        let action: String
        let draft: String
        let from: String
    }

    /// Faults above the heading, each a link to its field.
    struct FaultItem {
        let field: String
        let text: String
    }

    let form: Form
    let heading: String
    let trail: [TrailItem]
    /// Whether any answer was given yet.
    let hasTrail: Bool
    let faults: [FaultItem]
    let hasFaults: Bool
    let advice: [String]
    let hasAdvice: Bool
    let notice: String?
    let frame: FrameView

    init(
        _ step: ReportStep,
        _ report: ReportCase,
        draft: ReportDraft,
        faults: [PageFault],
        notice: StepNotice?,
        parts: PageParts
    ) throws {
        let site = report.site
        let words = parts.words(site.language)
        form = Form(
            action: site.path("report/\(step.next.rawValue)"),
            draft: parts.seal.seal(
                try JSONEncoder().encode(draft),
                for: site.sealPurpose,
                at: parts.surroundings.now()
            ),
            from: step.rawValue
        )
        heading = Self.heading(step, report, words)
        trail = Self.trail(step, report, words)
        hasTrail = trail.contains { !$0.isMissing }
        self.faults = faults.map { FaultItem(field: $0.field, text: $0.text) }
        hasFaults = !faults.isEmpty
        let advice = AdviseEmergency(parts.surroundings)(
            draft.typedText,
            service: report.service,
            answers: draft.answers
        )
        // The line above every step says the general text already; it is not said twice when there is more to say.
        let texts = advice?.texts.map { $0[site.language] } ?? []
        let special = texts.filter { $0 != words("emergency.line") }
        self.advice = special.isEmpty ? texts : special
        hasAdvice = advice != nil
        self.notice =
            switch notice {
            case .moreQuestions: words("report.more-questions")
            case .leadChanged: words("report.lead-changed")
            case nil: nil
            }
        let title = faults.isEmpty ? heading : words("fault.title", ["page": heading])
        frame = parts.frame(
            site,
            title: title,
            here: "report/\(step.rawValue)",
            formStep: "report/\(step.rawValue)",
            hasMap: step == .where,
            scripts: ["report.js"] + (step == .where ? ["map.js", "address.js"] : []),
            defaultAction: step == .what ? "search" : "continue",
            showsEmergency: true,
            isPersonal: draft.isPersonal
        )
    }

    /// Text of the fault of one field, to stand beside it.
    func fault(_ field: String) -> String? { faults.first { $0.field == field }?.text }

    private static func heading(_ step: ReportStep, _ report: ReportCase, _ words: Words) -> String {
        if step == .details, report.stop != nil { return words("report.stop.heading") }
        if step == .where, report.question != nil || !report.addressChoices.isEmpty {
            return words("report.where.which")
        }
        return words("\(step.wordsKey).heading")
    }

    private static func trail(_ step: ReportStep, _ report: ReportCase, _ words: Words) -> [TrailItem] {
        guard step != .check, step != .sent, step != .already else { return [] }
        let language = report.site.language
        let place = PlaceText(report.draft, words)
        let values: [(ReportStep, String?)] = [
            (.what, report.service?.name[language]),
            (.where, place.line),
            (.details, report.draft.hasDetails ? words("report.trail.given") : nil),
        ]
        return values.map { item, value in
            TrailItem(
                name: words("report.trail.\(item.rawValue)"),
                value: value ?? words("report.trail.missing"),
                isMissing: value == nil,
                isHere: item == step,
                step: item.rawValue,
                change: words("report.trail.change", ["name": words("report.trail.\(item.rawValue)")])
            )
        }
    }
}

/// A place in one line, as it was given.
struct PlaceText {
    /// The line; nil when nothing usable was given.
    let line: String?

    init(_ draft: ReportDraft, _ words: Words) {
        let point = draft.coordinate.map { Self.point($0, words) }
        let pieces = [draft.address, point].compactMap(\.self)
        line =
            pieces.isEmpty ? (draft.hasNoPlace ? words("report.trail.no-place") : nil) : pieces.joined(separator: " · ")
    }

    /// A point rounded to five decimals, about a metre, in the page's number format.
    static func point(_ coordinate: Coordinate, _ words: Words) -> String {
        func shown(_ degrees: Double) -> String {
            let text = String(format: "%.5f", degrees)
            return words.language == .french ? text.replacing(".", with: ",") : text
        }
        return words("report.trail.point", ["lat": shown(coordinate.latitude), "lon": shown(coordinate.longitude)])
    }
}
