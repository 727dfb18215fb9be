import Domain
import Foundation
import Hub
import Hummingbird

/// What every page of a department is made of: the person's scope, words, dates and addresses.
struct StaffDesk {
    let parts: PageParts
    let context: StaffContext
    /// The checklist that faults of a report are about; nil elsewhere.
    var checklist: Checklist?

    /// Words in the page's language.
    var words: Words { parts.words(language) }

    /// Language of the page.
    var language: Language { context.site.language }

    /// Days and times in the zone of the body the person acts for.
    var dates: PageDates { PageDates(language: language, zone: tenant.calendar.timeZone) }

    /// The body the person acts for.
    var tenant: HostedTenant { context.tenant }

    /// Now.
    var now: Date { parts.surroundings.now() }

    /// What the person may see there.
    var scope: StaffScope {
        let session = context.session
        return StaffScope(
            account: session.account.rawValue,
            departments: session.departments.isEmpty ? nil : session.departments,
            isOwnCrewsOnly: !session.may(.readRequests)
        )
    }

    /// An address of the staff pages: `path("queue")`.
    func path(_ rest: String) -> String { context.site.path("staff/\(rest)") }

    /// Address of a request's page.
    func path(of reference: RequestReference) -> String { path("requests/\(reference)") }

    /// Name of a department; its code when the body no longer has it.
    func department(_ code: String?) -> String? {
        code.map { tenant.tenant.department(DepartmentCode(trusted: $0))?.name[language] ?? $0 }
    }

    /// The request that the path names.
    ///
    /// - Throws: ``HTTPFault/notFound`` for anything else, exactly as for an unknown one.
    func reference() throws -> RequestReference {
        let typed = context.parameters.get("reference")?.removingPercentEncoding ?? ""
        guard let reference = try? RequestReference(parsing: String(typed.prefix(60))) else { throw HTTPFault.notFound }
        return reference
    }

    /// The id that the path names.
    ///
    /// - Throws: ``HTTPFault/notFound`` for anything else.
    func id(_ name: String = "id") throws -> UUID {
        guard let id = context.parameters.get(name).flatMap(UUID.init(uuidString:)) else { throw HTTPFault.notFound }
        return id
    }

    /// Where something is, in one line; nil when nothing is known.
    func place(of request: ServiceRequest) -> String? {
        request.address ?? request.coordinate.map { PlaceText.point($0, words) }
    }

    /// Departments the person works for, for a choice.
    func departments(chosen: String?) -> [StaffChoice] {
        tenant.tenant.departments
            .filter { context.session.departments.isEmpty || context.session.departments.contains($0.code.rawValue) }
            .map { StaffChoice($0.code.rawValue, $0.name[language], chosen: chosen) }
    }

    /// Crews that go out, for a choice.
    func choices(of crews: [Crew], chosen: CrewCode?) -> [StaffChoice] {
        crews.filter(\.isActive).map { StaffChoice($0.code.rawValue, $0.name[language], chosen: chosen?.rawValue) }
    }

    /// A fault of a crew's report with the name the field has on the page.
    func words(of fault: FieldFault) -> String {
        let names = [
            "minutes": "staff.field.minutes", "materials": "staff.field.materials", "note": "staff.field.note",
            "outcome": "staff.field.outcome", "obstacle": "staff.field.obstacle", "photo": "staff.field.photo",
            "day": "staff.work.day",
        ]
        let point = checklist?.items.first { "check.\($0.code)" == fault.field }?.text[language]
        let name = point ?? names[fault.field].map { words($0) } ?? fault.field
        let expected = fault.expected[language]
        let quoted = language == .french ? "«\u{A0}\(name)\u{A0}»" : "“\(name)”"
        return "\(quoted) \(fault.fault[language])" + (expected.isEmpty ? "" : " (\(expected))")
    }

    /// Why something could not be done, as the person reads it; nil for faults of the service itself.
    func explain(_ error: any Error) -> String? {
        switch error {
        case let fault as RequestLife.IllegalTransition:
            words("staff.fault.step", ["state": words("staff.state.\(fault.state)")])
        case let fault as IllegalWorkStep:
            words("staff.fault.work-step", ["state": words("staff.work-state.\(fault.state)")])
        case is StaleView, is ChangedMeanwhile: words("staff.fault.changed")
        case is OpenParts: words("staff.fault.parts")
        case is AnswerOffer.NothingOffered: words("staff.fault.no-offer")
        case is HandOver.Refusal.Invalid: words("staff.fault.refusal")
        case is WorkOrder.InvalidTask: words("staff.fault.task")
        case let fault as WorkOrderFault:
            switch fault {
            case .notOurs: words("staff.fault.not-ours")
            case .unknownCrew: words("staff.fault.crew")
            case .noDepartment: words("staff.fault.department")
            case .ordersOpen(let count): words.plural("staff.fault.orders-open", count)
            }
        case let fault as WorkReport.Invalid: fault.faults.map { words(of: $0) }.joined(separator: "; ")
        case is RequestReference.Invalid, is UnknownRequest: words("staff.fault.unknown")
        default: nil
        }
    }
}

/// One entry of a choice.
struct StaffChoice {
    let value: String
    let name: String
    let isChosen: Bool

    init(_ value: String, _ name: String, chosen: String?) {
        self.value = value
        self.name = name
        isChosen = value == chosen
    }
}
