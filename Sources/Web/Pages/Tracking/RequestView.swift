import Domain
import Foundation
import Hub

/// A request as its page shows it: steps, who has it and why, when, and what happened.
struct RequestView {
    /// One of the four steps.
    struct Step {
        let word: String
        let date: String?
        let isDone: Bool
        let isNow: Bool
        let state: String
    }

    /// Something that happened.
    struct Entry {
        let machine: String
        let date: String
        let text: String
    }

    let groups: [String]
    let reference: String
    let type: String
    let place: String?
    let steps: [Step]
    let holder: String
    let because: String?
    let notes: [String]
    let expected: String?
    let outcome: String?
    let history: [Entry]
    let hasParts: Bool
    let parts: [Part]
    let description: String?
    let isPrivate: Bool
    let follow: String
    let actions: RequestActions?

    /// What somebody else does of it.
    struct Part {
        let text: String
        let state: String
    }

    /// - Parameters:
    ///   - key: The private key, when it was shown; then the person's own words are, too.
    ///   - fault: What was wrong with what the person asked for last; nil when nothing was.
    init(_ tracked: TrackedRequest, words: Words, key: String?, fault: String? = nil, follow: String) {
        let isPrivate = key != nil
        let request = tracked.request
        let language = words.language
        let dates = PageDates(language: language, zone: tracked.origin.calendar.timeZone)
        groups = request.reference.groups
        reference = request.reference.rawValue
        type = tracked.service?.name[language] ?? words("track.some-matter")
        let pieces = [request.address, request.coordinate.map { PlaceText.point($0, words) }].compactMap(\.self)
        place = pieces.isEmpty ? nil : pieces.joined(separator: " · ")
        steps = Self.steps(tracked, dates, words)
        holder =
            request.standing == .waiting
            ? words("track.with-hub") : words("track.with", ["body": tracked.holder.withArticle[language]])
        because = request.decision?.residentText[language]
        notes = Self.notes(tracked, dates, words)
        expected = request.life.isOpen ? Self.expected(request, dates, words) : nil
        outcome = request.outcome.map { words("outcome.\($0.rawValue)") }
        history = tracked.history.reversed().map { event in
            Entry(
                machine: dates.machine(event.at),
                date: dates.moment(event.at),
                text: event.description?[language] ?? words("event.\(event.kind.rawValue)")
            )
        }
        parts = tracked.parts.map { part in
            Part(
                text: words("track.part", ["part": part.name[language], "body": part.body[language]]),
                state: part.outcome.map { words("outcome.\($0.rawValue)") } ?? words("step.\(part.step.rawValue)")
            )
        }
        hasParts = !tracked.parts.isEmpty
        actions = RequestActions(tracked, key: key, fault: fault, dates, words)
        description = isPrivate && !request.description.isEmpty ? request.description : nil
        self.isPrivate = isPrivate
        self.follow = follow
    }

    private static func steps(_ tracked: TrackedRequest, _ dates: PageDates, _ words: Words) -> [Step] {
        let current = tracked.request.step
        return tracked.request.life.publicSteps.map { step in
            let isDone = step < current || (step == current && !tracked.request.life.isOpen)
            let isNow = step == current && tracked.request.life.isOpen
            return Step(
                word: words("step.\(step.rawValue)"),
                date: step <= current ? tracked.steps[step].map { dates.day($0) } : nil,
                isDone: isDone,
                isNow: isNow,
                state: words(isDone ? "track.step-done" : isNow ? "track.step-now" : "track.step-to-come")
            )
        }
    }

    /// Hand-over and pauses: passing on is no end, and the page says so.
    private static func notes(_ tracked: TrackedRequest, _ dates: PageDates, _ words: Words) -> [String] {
        let language = words.language
        let life = tracked.request.life
        var notes: [String] = []
        if let offer = tracked.openOffer {
            let passed = tracked.history.last { $0.kind == .handOverOffered }?.at ?? tracked.request.requestedAt
            notes.append(
                words(
                    "track.offered",
                    [
                        "body": offer.to.withArticle[language], "to body": offer.to.afterA[language],
                        "date": dates.day(passed), "until": dates.moment(offer.answerDue),
                    ]
                )
            )
        }
        if case .handedOver = life.state {
            notes.append(words("track.accepted", ["body": sentenceStart(tracked.holder.withArticle[language])]))
        }
        if let refused = tracked.history.last(where: {
            [.handOverRefused, .handOverAccepted, .handOverOffered].contains($0.kind)
        }),
            refused.kind == .handOverRefused
        {
            notes.append(words("track.refused"))
        }
        if life.holder != nil, life.isOpen, let due = tracked.holderDue {
            let body = sentenceStart(tracked.holder.withArticle[language])
            notes.append(words("track.holder-due", ["body": body, "date": dates.day(due)]))
            if let ours = tracked.request.completeDue {
                notes.append(words("track.our-due", ["date": dates.day(ours)]))
            }
        }
        if case .planned = life.state { notes.append(words("track.planned")) }
        if case .disputed = life.state { notes.append(words("track.disputed")) }
        if case .madeSafe = life.state { notes.append(words("track.made-safe")) }
        if let pause = life.pause { notes.append(words("pause.\(pause.rawValue)")) }
        if life.reopenings > 0, life.isOpen, life.state != .disputed { notes.append(words("track.reopened")) }
        return notes
    }

    private static func expected(_ request: ServiceRequest, _ dates: PageDates, _ words: Words) -> String {
        guard let due = request.completeDue else {
            guard request.step == .received, let review = request.reviewDue else { return words("track.no-date") }
            return words("promise.review", ["date": dates.moment(review)])
        }
        return words("track.expected", ["date": dates.day(due)])
    }

    private static func sentenceStart(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
