import Domain
import Foundation
import Hub

/// Who gets it and why, before anything is sent.
struct DecisionView {
    /// The sentence: "This is the Region’s job, because …".
    let text: String
    /// Others who have a share in it, a sentence each.
    let others: [String]
    let hasOthers: Bool
    /// When it will be read and done, as far as that is promised.
    let promises: [String]

    /// Nothing before type and place are known.
    init?(_ report: ReportCase, _ words: Words) {
        guard let route = report.route, let service = report.service else { return nil }
        let language = words.language
        text = route.decision.residentText[language]
        others = route.decision.alsoTold.map { $0.reason[language] }
        hasOthers = !others.isEmpty
        promises = Self.promises(
            clocks: report.clocks,
            promise: (route.leadService ?? service).effective(report.draft.answers).sla.promise,
            dates: report.site.dates,
            words
        )
    }

    /// What the clocks promise, and nothing more.
    static func promises(clocks: RequestClocks?, promise: ServiceSLA.Promise, dates: PageDates, _ words: Words)
        -> [String]
    {
        guard let clocks else { return [] }
        let review = clocks.reviewDue.map { words("promise.review", ["date": dates.moment($0)]) }
        let complete = clocks.completeDue.map { words("promise.\(promise.rawValue)", ["date": dates.day($0)]) }
        return [review, complete ?? words("promise.none")].compactMap(\.self)
    }
}
