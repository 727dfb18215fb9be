import Domain
import Foundation
import Hub
import Storage

/// A work order as its page and the field page show it.
struct WorkOrderView {
    /// A point of the checklist with its field.
    struct Point {
        let id: String
        let name: String
        let text: String
        let unit: String?
        let isTick: Bool
        let isNumber: Bool
        let isText: Bool
        let isOptional: Bool
    }

    /// A photo of the work.
    struct Photo {
        let address: String
        let text: String
    }

    let id: String
    let anchor: String
    let address: String
    let request: String
    let reference: String
    let name: String
    let type: String
    let task: String
    let place: String
    let latitude: String?
    let longitude: String?
    let navigate: String?
    let phone: String?
    let phoneAddress: String?
    let state: String
    let stateName: String
    let deadline: DeadlineMark
    let priority: String
    let isUrgent: Bool
    let plan: String
    let isOpen: Bool
    let mayStart: Bool
    let mayFinish: Bool
    let mayBlock: Bool
    let points: [Point]
    let hasPoints: Bool
    let outcomes: [StaffChoice]
    let obstacles: [StaffChoice]
    let photos: [Photo]
    let hasPhotos: Bool
    let obstacle: String?
    let report: [StaffRequestView.Fact]
    let hasReport: Bool
    let number: Int

    init(_ job: FieldJob, crews: [Crew], position: Int = 0, desk: StaffDesk) {
        let (words, language) = (desk.words, desk.language)
        let order = job.order
        id = order.id.uuidString
        anchor = "job-\(order.id.uuidString.lowercased().prefix(8))"
        address = desk.path("work/\(order.id.uuidString)")
        request = desk.path(of: order.reference)
        reference = order.reference.rawValue
        name = words("staff.work.number", ["n": String(order.number)])
        let kind = job.service?.name[language] ?? job.request.serviceCode.rawValue
        type = kind
        task = order.task
        place = desk.place(of: job.request) ?? words("staff.no-place")
        latitude = job.request.coordinate.map { String(format: "%.6f", $0.latitude) }
        longitude = job.request.coordinate.map { String(format: "%.6f", $0.longitude) }
        navigate = job.request.coordinate.map { String(format: "geo:%.6f,%.6f", $0.latitude, $0.longitude) }
        let department = desk.tenant.tenant.department(order.department)
        phone = department?.phone.map { PhoneText($0).shown }
        phoneAddress = department?.phone.map { PhoneText($0).address }
        state = words("staff.work-state.\(order.state.name)")
        stateName = order.state.name
        deadline = DeadlineMark(
            due: order.due,
            isOpen: order.isOpen,
            now: desk.now,
            dates: desk.dates,
            words: words
        )
        priority = words("staff.priority.\(order.priority.rawValue)")
        isUrgent = order.priority <= .p2
        let crew = order.crew.flatMap { code in crews.first { $0.code == code } }?.name[language]
        plan = [order.day.map { desk.dates.day($0) }, crew].compactMap(\.self).joined(separator: " · ")
        isOpen = order.isOpen
        let legal = order.legalSteps
        mayStart = legal.contains(.start)
        mayFinish = legal.contains(.finish)
        mayBlock = legal.contains(.block)
        let key = "\(anchor)-"
        points = (job.service?.fieldWork?.checklist.items ?? []).map { Point($0, key: key, language: language) }
        hasPoints = !points.isEmpty
        outcomes = WorkOutcome.allCases.map {
            StaffChoice($0.rawValue, words("staff.outcome.\($0.rawValue)"), chosen: nil)
        }
        obstacles = WorkOrder.Obstacle.allCases.map {
            StaffChoice($0.rawValue, words("staff.obstacle.\($0.rawValue)"), chosen: nil)
        }
        photos = job.photos.map { photo in
            Photo(
                address: desk.path("work/\(order.id.uuidString)/photos/\(photo.id.uuidString)"),
                text: words("staff.photo.\(photo.moment.rawValue)", ["type": kind])
            )
        }
        hasPhotos = !photos.isEmpty
        if case .blocked(let why, let note) = order.state {
            let word = words("staff.obstacle.\(why.rawValue)")
            obstacle = note.map { "\(word) · \($0)" } ?? word
        } else {
            obstacle = nil
        }
        report = Self.report(of: order, job.service?.fieldWork?.checklist, words)
        hasReport = !report.isEmpty
        number = position
    }

    private static func report(
        of order: WorkOrder,
        _ checklist: Checklist?,
        _ words: Words
    ) -> [StaffRequestView.Fact] {
        guard let report = order.report else { return [] }
        var facts = [
            StaffRequestView.Fact(
                name: words("staff.field.outcome"),
                value: words("staff.outcome.\(report.outcome.rawValue)")
            )
        ]
        for (name, value) in [
            (words("staff.field.minutes"), report.minutes.map(String.init)),
            (words("staff.field.materials"), report.materials), (words("staff.field.note"), report.note),
        ] {
            if let value { facts.append(StaffRequestView.Fact(name: name, value: value)) }
        }
        for item in checklist?.items ?? [] {
            guard let answer = report.checklist[item.code] else { continue }
            let shown = item.kind == .tick ? words("staff.field.ticked") : answer
            facts.append(
                StaffRequestView.Fact(
                    name: item.text[words.language],
                    value: item.unit.map { "\(shown)\u{A0}\($0)" } ?? shown
                )
            )
        }
        return facts
    }
}

extension WorkOrderView.Point {
    init(_ item: Checklist.Item, key: String, language: Language) {
        id = key + item.code
        name = "check.\(item.code)"
        text = item.text[language]
        unit = item.unit
        isTick = item.kind == .tick
        isNumber = item.kind == .number
        isText = item.kind == .text
        isOptional = !item.isRequired
    }
}
