import Domain
import Foundation
import Hub
import Storage

/// A request as its page shows it to the department: facts, deadline, decision and why, what can be done, what happened.
struct StaffRequestView {
    /// A fact with its name.
    struct Fact {
        let name: String
        let value: String
    }

    /// Something that happened.
    struct Entry {
        let machine: String
        let date: String
        let text: String
        let words: String?
        let who: String
        let isInternal: Bool
    }

    /// A work order of the request.
    struct Order {
        let address: String
        let name: String
        let task: String
        let state: String
        let plan: String
    }

    /// The offer to this tenant that waits for its answer.
    struct Offer {
        let from: String
        let until: String
        let message: String?
    }

    let reference: String
    let groups: [String]
    let type: String
    let action: String
    let token: String
    let version: Int
    let deadline: DeadlineMark
    let step: String
    let priority: String
    let facts: [Fact]
    let description: String?
    let photos: [String]
    let decision: String?
    let decisionStaff: String?
    let offer: Offer?
    let offered: String?
    let reasons: [StaffChoice]
    let steps: [StaffChoice]
    let hasSteps: Bool
    let outcomes: [StaffChoice]
    let orders: [Order]
    let hasOrders: Bool
    let mayPlan: Bool
    let mayNote: Bool
    let crews: [StaffChoice]
    let priorities: [StaffChoice]
    let today: String
    let history: [Entry]
    let notice: String?
    let faults: [StepChrome.FaultItem]
    let hasFaults: Bool
    let typedText: String
    let typedNote: String
    let typedTask: String
    let typedReason: String

    init(
        _ found: StaffRequest,
        crews: [Crew],
        names: [String: String],
        origin: String?,
        desk: StaffDesk,
        notice: String?,
        faults: [StepChrome.FaultItem],
        typed: PageForm?
    ) {
        let (words, language, dates) = (desk.words, desk.language, desk.dates)
        let (request, session) = (found.request, desk.context.session)
        reference = request.reference.rawValue
        groups = request.reference.groups
        type = found.service?.name[language] ?? request.serviceCode.rawValue
        action = desk.path(of: request.reference)
        token = desk.context.token
        version = request.rowVersion
        deadline = DeadlineMark(request, now: desk.now, dates: dates, words: words)
        step = words("step.\(request.step.rawValue)")
        priority = words("staff.priority.\(request.priority.rawValue)")
        facts = Self.facts(found, desk)
        let isPersonal = session.may(.readPersonal)
        description = isPersonal && !request.description.isEmpty ? request.description : nil
        photos = isPersonal ? request.mediaURLs.filter { $0.hasPrefix("/") || $0.hasPrefix("http") } : []
        decision = request.decision?.residentText[language]
        decisionStaff = request.decision?.staffText[language]
        let isAnswerable = session.may(.answerOffers)
        offer = isAnswerable ? found.incoming.map { Offer($0, from: origin, desk) } : nil
        offered = found.outgoing.map {
            words("staff.request.offered", ["date": dates.moment($0.handOver.answerDue)])
        }
        reasons = HandOver.Refusal.Code.allCases.map {
            StaffChoice($0.rawValue, words("staff.refusal.\($0.rawValue)"), chosen: typed?["reason"])
        }
        let isOurs = request.standing != .mirrored && found.incoming == nil
        steps = session.may(.changeRequests) && isOurs ? Self.steps(request, words, typed) : []
        hasSteps = !steps.isEmpty
        outcomes = [Outcome.fixed, .inspectedMeetsStandard, .notFound, .couldNotReach, .withdrawn].map {
            StaffChoice($0.rawValue, words("outcome.\($0.rawValue)"), chosen: typed?["outcome"])
        }
        orders = found.orders.map { Order($0, crews: crews, desk) }
        hasOrders = !orders.isEmpty
        mayPlan = session.may(.planWork) && isOurs && request.life.isOpen && request.life.holder == nil
        mayNote = session.may(.changeRequests)
        self.crews = desk.choices(of: crews, chosen: nil)
        priorities = Priority.allCases.map {
            StaffChoice($0.rawValue, words("staff.priority.\($0.rawValue)"), chosen: request.priority.rawValue)
        }
        today = desk.tenant.day(of: desk.now).description
        history = found.history.reversed().map { Entry($0, names: names, desk) }
        self.notice = notice
        self.faults = faults
        hasFaults = !faults.isEmpty
        typedText = typed?["text"] ?? ""
        typedNote = typed?["note"] ?? ""
        typedTask = typed?["task"] ?? ""
        typedReason = typed?["refusal"] ?? ""
    }

    private static func facts(_ found: StaffRequest, _ desk: StaffDesk) -> [Fact] {
        let (words, language, dates) = (desk.words, desk.language, desk.dates)
        let request = found.request
        var facts = [
            Fact(name: words("staff.fact.place"), value: desk.place(of: request) ?? words("staff.no-place")),
            Fact(name: words("staff.fact.received"), value: dates.moment(request.requestedAt)),
            Fact(name: words("staff.fact.channel"), value: words("staff.channel.\(request.channel.rawValue)")),
            Fact(
                name: words("staff.fact.department"),
                value: desk.department(request.department) ?? words("staff.no-department")
            ),
        ]
        if let due = request.reviewDue, request.step == .received {
            facts.append(Fact(name: words("staff.fact.review-due"), value: dates.moment(due)))
        }
        if let due = request.completeDue {
            facts.append(Fact(name: words("staff.fact.complete-due"), value: dates.moment(due)))
        }
        if let outcome = request.outcome {
            facts.append(Fact(name: words("staff.fact.outcome"), value: words("outcome.\(outcome.rawValue)")))
        }
        for (code, values) in request.answers.values.sorted(by: { $0.key < $1.key }) {
            let isHidden = request.staffOnlyAnswers.contains(code) && !desk.context.session.may(.readPersonal)
            guard !isHidden, let question = found.service?.question(code) else { continue }
            let shown = values.map { question.value($0)?.name[language] ?? $0 }.joined(separator: ", ")
            facts.append(Fact(name: question.question[language], value: shown))
        }
        if desk.context.session.may(.readPersonal), let requester = found.requester {
            let name = [requester.firstName, requester.lastName].compactMap(\.self).joined(separator: " ")
            let ways = [name, requester.phone, requester.email].compactMap(\.self).filter { !$0.isEmpty }
            if !ways.isEmpty {
                facts.append(Fact(name: words("staff.fact.requester"), value: ways.joined(separator: " · ")))
            }
        }
        return facts
    }

    /// Steps that can be taken now, the likely next one chosen.
    private static func steps(_ request: ServiceRequest, _ words: Words, _ typed: PageForm?) -> [StaffChoice] {
        let legal = Set(request.life.legalHappenings)
        let order: [(RequestLife.Happening, String)] = [
            (.review, "review"), (.assignWork, "assign"), (.makeSafe, "make-safe"), (.complete, "complete"),
            (.reopen, "reopen"), (.takeBack, "take-back"),
        ]
        let possible = order.filter { legal.contains($0.0) }.map(\.1)
        let likely = request.step >= .workAssigned && possible.contains("complete") ? "complete" : possible.first
        return possible.map {
            StaffChoice($0, words("staff.step.\($0)"), chosen: typed?["step"] ?? likely)
        }
    }
}

extension StaffRequestView.Offer {
    init(_ offer: StoredHandOver, from origin: String?, _ desk: StaffDesk) {
        from = origin ?? offer.handOver.origin.rawValue
        until = desk.dates.moment(offer.handOver.answerDue)
        message = offer.message
    }
}

extension StaffRequestView.Order {
    init(_ order: WorkOrder, crews: [Crew], _ desk: StaffDesk) {
        let words = desk.words
        address = desk.path("work/\(order.id.uuidString)")
        name = words("staff.work.number", ["n": String(order.number)])
        task = order.task
        state = words("staff.work-state.\(order.state.name)")
        let crew = order.crew.flatMap { code in crews.first { $0.code == code } }?.name[desk.language]
        plan = [order.day.map { desk.dates.day($0) }, crew].compactMap(\.self).joined(separator: " · ")
    }
}

extension StaffRequestView.Entry {
    init(_ event: RequestEvent, names: [String: String], _ desk: StaffDesk) {
        let words = desk.words
        machine = desk.dates.machine(event.at)
        date = desk.dates.moment(event.at)
        isInternal = !event.isPublic
        self.words = event.description?[desk.language]
        if event.kind == .workOrder, let happening = event.details["happening"] {
            text = words("staff.happening.\(happening)", ["n": event.details["work_order"] ?? ""])
        } else if event.kind == .noted, !event.isPublic {
            text = words("staff.request.internal-note")
        } else {
            text = words("event.\(event.kind.rawValue)")
        }
        who = Self.who(event.actor, names, desk)
    }

    private static func who(_ actor: String, _ names: [String: String], _ desk: StaffDesk) -> String {
        if actor.hasPrefix("staff:") { return names[String(actor.dropFirst(6))] ?? desk.words("staff.who.staff") }
        let kind = actor.prefix { $0 != ":" }
        let known = ["resident", "open311", "tenant", "partner", "connector", "hub"]
        return desk.words("staff.who.\(known.contains(String(kind)) ? String(kind) : "hub")")
    }
}
