public import Foundation

/// The task given to a crew: one piece of work on one service request, from the first draft to its end.
///
/// Every function is named for what happened, checks that it could, and returns the effect the caller must carry out. Nothing here
/// reads a clock. A request may have several orders, one after the other or side by side in two departments; what it means for the
/// request that they have all ended is told by ``WorkTogether``.
///
/// ```
///  drafted ── day named ──► scheduled ── crew named ──► assigned ──► started ──► done
///     └────────────── crew named ───────────────────────►│  ▲          │  ▲
///                                                        ▼  │          ▼  │ obstacle gone
///                                                       blocked ◄──────┘──┘
///  every one of them but done ──► cancelled
/// ```
public struct WorkOrder: Sendable, Hashable, Identifiable {
    /// Its identity; the address of its page.
    public let id: UUID

    /// The request it works on.
    public let reference: RequestReference

    /// Counts from 1 within the request; people say "order 2 of BB-…".
    public let number: Int

    /// The department whose crew does it.
    public let department: DepartmentCode

    /// What is to be done, in the words of whoever made it; 1 to 1,000 characters, never shown to residents.
    public let task: String

    /// How urgent.
    public let priority: Priority

    /// By when it must be done: the complete clock of the request when the order was made; nil without a promise.
    public let due: Date?

    /// When it was made.
    public let madeAt: Date

    /// Where it stands.
    public private(set) var state: State

    /// The day it is planned for, in the tenant's zone; nil while nobody has said.
    public private(set) var day: CalendarDay?

    /// The crew that has it; nil while nobody has.
    public private(set) var crew: CrewCode?

    /// When the crew began; nil before, and when nobody pressed start.
    public private(set) var startedAt: Date?

    /// When it ended; nil while open.
    public private(set) var endedAt: Date?

    /// What the crew told at the end; nil before.
    public private(set) var report: WorkReport?

    /// Counts changes of the row, so that of two writers one wins.
    public var rowVersion: Int

    /// States of a work order.
    public enum State: Sendable, Hashable {
        /// Made; neither day nor crew is known. Goes to ``scheduled``, ``assigned``, ``cancelled(_:)``.
        case drafted
        /// A day is known, no crew. Goes to itself (another day), ``assigned``, ``cancelled(_:)``.
        case scheduled
        /// A crew has it. Goes to itself (another day or crew), ``started``, ``blocked(_:note:)``, ``done(_:)``, ``cancelled(_:)``.
        case assigned
        /// The crew is at work. Goes to ``blocked(_:note:)``, ``done(_:)``, ``cancelled(_:)``.
        case started
        /// Something stands in the way. Goes to ``assigned`` (another day or crew), ``started`` (it is gone), ``done(_:)``,
        /// ``cancelled(_:)``.
        case blocked(Obstacle, note: String?)
        /// The crew has finished. Final; what is still to be done is another order.
        case done(WorkOutcome)
        /// It will not be done. Final.
        case cancelled(Cancellation)
    }

    /// Why a crew cannot go on.
    public enum Obstacle: String, Sendable, Hashable, Codable, CaseIterable {
        /// Rain, frost, snow, wind.
        case weather
        /// A parked car, a locked gate, nobody at home.
        case noAccess = "no_access"
        /// Gas, power or water pipes must be marked first.
        case utilityLocate = "utility_locate"
        /// Parts or material are missing.
        case material
        /// Another crew or a machine is needed.
        case equipment
        /// Not safe without others: police, traffic control.
        case unsafe
        /// Something else; the note says what.
        case other
    }

    /// Why an order will not be done.
    public enum Cancellation: String, Sendable, Hashable, Codable, CaseIterable {
        /// The request ended otherwise: withdrawn, a duplicate, handed on.
        case requestEnded = "request_ended"
        /// Another order does it.
        case replaced
        /// Made by mistake.
        case mistake
        /// Not needed after all.
        case notNeeded = "not_needed"
    }

    /// A new order, a draft until a day or a crew is named.
    ///
    /// - Throws: ``InvalidTask`` when the words are missing or too many.
    public init(
        id: UUID = UUID(),
        reference: RequestReference,
        number: Int,
        department: DepartmentCode,
        task: String,
        priority: Priority,
        due: Date?,
        madeAt: Date
    ) throws(InvalidTask) {
        let words = task.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !words.isEmpty, words.unicodeScalars.count <= Self.longestTask else { throw InvalidTask() }
        self.id = id
        self.reference = reference
        self.number = number
        self.department = department
        self.task = words
        self.priority = priority
        self.due = due
        self.madeAt = madeAt
        state = .drafted
        rowVersion = 1
    }

    /// Most characters of ``task``.
    public static let longestTask = 1_000

    /// A task without words, or with too many.
    public struct InvalidTask: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is needed.
        public var description: String { "a work order says what is to be done, in at most 1,000 characters" }

        /// The one value there is.
        public init() {}
    }

    /// A stored order; only what a repository read from its own table.
    public init(
        stored id: UUID,
        reference: RequestReference,
        number: Int,
        department: DepartmentCode,
        task: String,
        priority: Priority,
        due: Date?,
        madeAt: Date,
        state: State,
        day: CalendarDay?,
        crew: CrewCode?,
        startedAt: Date?,
        endedAt: Date?,
        report: WorkReport?,
        rowVersion: Int
    ) {
        self.id = id
        self.reference = reference
        self.number = number
        self.department = department
        self.task = task
        self.priority = priority
        self.due = due
        self.madeAt = madeAt
        self.state = state
        self.day = day
        self.crew = crew
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.report = report
        self.rowVersion = rowVersion
    }

    /// Whether it has not ended.
    public var isOpen: Bool {
        switch state {
        case .drafted, .scheduled, .assigned, .started, .blocked: true
        case .done, .cancelled: false
        }
    }
}

// MARK: What happens to it

extension WorkOrder {
    /// A day was named, or another one; what stood in the way is then thought to be gone by that day.
    public mutating func schedule(for newDay: CalendarDay) throws(IllegalWorkStep) -> Effect {
        try require(.schedule)
        let tells = crew != nil && day == nil
        day = newDay
        settle()
        return Effect(.scheduled, assignsWork: tells, details: ["day": newDay.description])
    }

    /// A crew was named, or another one.
    public mutating func assign(to newCrew: CrewCode) throws(IllegalWorkStep) -> Effect {
        try require(.assign)
        let tells = crew == nil && day != nil
        crew = newCrew
        settle()
        return Effect(.assigned, assignsWork: tells, details: ["crew": newCrew.rawValue])
    }

    /// The crew began, or went on after an obstacle was gone.
    public mutating func start(at instant: Date) throws(IllegalWorkStep) -> Effect {
        try require(.start)
        startedAt = startedAt ?? instant
        state = .started
        return Effect(.started, assignsWork: true)
    }

    /// Something stands in the way.
    public mutating func block(_ obstacle: Obstacle, note: String?) throws(IllegalWorkStep) -> Effect {
        try require(.block)
        state = .blocked(obstacle, note: note)
        var details = ["obstacle": obstacle.rawValue]
        details["note"] = note
        return Effect(.blocked, details: details)
    }

    /// The crew has finished and says how it went.
    public mutating func finish(_ finished: WorkReport, at instant: Date) throws(IllegalWorkStep) -> Effect {
        try require(.finish)
        state = .done(finished.outcome)
        report = finished
        endedAt = instant
        var details = ["outcome": finished.outcome.rawValue]
        details["minutes"] = finished.minutes.map(String.init)
        return Effect(.finished, assignsWork: true, ended: finished.outcome, details: details)
    }

    /// It will not be done.
    public mutating func cancel(_ reason: Cancellation, at instant: Date) throws(IllegalWorkStep) -> Effect {
        try require(.cancel)
        state = .cancelled(reason)
        endedAt = instant
        return Effect(.cancelled, details: ["reason": reason.rawValue])
    }

    /// Planning an order that is at work leaves it there; otherwise it stands where day and crew put it.
    private mutating func settle() {
        if state == .started { return }
        state = crew != nil ? .assigned : .scheduled
    }
}
