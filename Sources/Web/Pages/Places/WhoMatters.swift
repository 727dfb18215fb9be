import Domain
import Foundation
import Hub
import Metrics

/// Who answers for which matter at a place: the everyday ones in a list, the one that was picked with every reason.
struct WhoMatters: Sendable {
    let parts: PageParts
    let site: Site

    /// Public types that stand for the everyday matters, in the order of the page.
    private static let everyday = [
        "RD-POTH", "RD-SWALK", "RD-LIGHT", "WN-PLOW", "RR-SIGNAL", "WS-MISS", "PK-TREEHZ", "WT-MAIN", "WW-BACK",
        "BY-NOISE", "AN-LOOSE", "TR-STOP", "PH-FOOD", "PO-NONEM",
    ]

    /// The body for one matter.
    struct Row {
        let matter: String
        let body: String
        let text: String
        let phone: String?
        let phoneAddress: String?
        let report: String?
        let reportText: String
    }

    /// An answer to the one question.
    struct Choice {
        let id: String
        let name: String
        let key: String
        let text: String
        let hint: String?
        let isChosen: Bool
    }

    /// The matter that was picked.
    struct Picked {
        let row: Row
        let hours: String?
        let url: String?
        let warning: String?
        let others: [String]
        let hasOthers: Bool
        let question: String?
        let choices: [Choice]
        let reasons: [String]
        let basis: String
    }

    /// A matter to pick.
    struct Option {
        let code: String
        let name: String
        let isPicked: Bool
    }

    /// Matters of one group.
    struct Group {
        let name: String
        let options: [Option]
    }

    private var now: Date { parts.surroundings.second }
    private var words: Words { parts.words(site.language) }

    /// Everything that can be picked.
    func groups(_ picked: String?) -> [Group] {
        TypeList(site, at: now).groups.map { group in
            Group(
                name: group.name,
                options: group.types.map { type in
                    Option(
                        code: type.code.rawValue,
                        name: type.name[site.language],
                        isPicked: type.code.rawValue == picked
                    )
                }
            )
        }
    }

    /// The everyday matters.
    func everyday(at place: Coordinate, _ question: WhoQuestion) async throws -> [Row] {
        let types = Self.everyday.compactMap { ServiceCode(rawValue: $0) }.compactMap { code in
            site.tenant.catalogue.service(forPublicType: code, at: site.tenant.day(of: now))
        }
        var rows: [Row] = []
        for type in types { rows.append(row(type, try await route(type, place, question), place)) }
        return rows
    }

    /// The matter that was picked; nil when none was, or none that is offered here.
    func picked(at place: Coordinate, _ question: WhoQuestion) async throws -> Picked? {
        guard let text = question.type, let code = ServiceCode(rawValue: text),
            let type = site.tenant.service(code, at: now)
        else { return nil }
        let route = try await route(type, place, question)
        count(route)
        let decision = route.decision
        let language = site.language
        return Picked(
            row: row(type, route, place),
            hours: route.partner?.hours[language] ?? route.lead?.tenant.contact.hours[language],
            url: (route.partner?.url ?? route.lead?.tenant.contact.website).flatMap { StopPage.safe($0) },
            warning: route.partner?.warning?[language],
            others: decision.alsoTold.map { $0.reason[language] },
            hasOthers: !decision.alsoTold.isEmpty,
            question: decision.question.map { $0.text[language] },
            choices: choices(decision.question, question),
            reasons: decision.rejected.map { rejected in
                let name = parts.surroundings.name(of: rejected.lead, at: now)
                return words(
                    "who.rejected",
                    ["body": name?.plain[language] ?? rejected.lead.description, "reason": rejected.reason[language]]
                )
            },
            basis: words(
                "who.basis",
                [
                    "rule": decision.ruleID ?? "–", "version": decision.ruleVersion,
                    "generation": decision.generation.map { String($0.rawValue) } ?? "–",
                    "certainty": words("who.certainty.\(decision.confidence.rawValue)"),
                ]
            )
        )
    }

    private func route(_ type: Service, _ place: Coordinate, _ question: WhoQuestion) async throws -> RouteAnswer {
        try await ExplainResponsibility(parts.surroundings)(
            RouteQuery(
                place: PlaceInput(
                    coordinate: place,
                    chosenRoad: question.road,
                    chosenMunicipality: question.municipality,
                    propertyType: question.property,
                    chosenAsset: question.asset
                ),
                service: type.code,
                at: now,
                tenant: site.tenant
            )
        )
    }

    private func row(_ type: Service, _ route: RouteAnswer, _ place: Coordinate) -> Row {
        let language = site.language
        let phone = route.partner?.phone ?? route.lead?.tenant.contact.phone
        let isOurs = route.partner == nil && type.isOffered(on: site.tenant.day(of: now))
        return Row(
            matter: type.name[language],
            body: route.leadName?.plain[language] ?? words("who.open"),
            text: route.decision.residentText[language],
            phone: phone.map { PhoneText($0).shown },
            phoneAddress: phone.map { PhoneText($0).address },
            report: isOurs
                ? site.path("report/where?type=\(type.code)&lat=\(place.latitudeText)&lon=\(place.longitudeText)")
                : nil,
            reportText: words("who.report", ["matter": type.name[language]])
        )
    }

    private func choices(_ question: ResponsibilityQuestion?, _ asked: WhoQuestion) -> [Choice] {
        guard let question else { return [] }
        let (name, given): (String, String?) =
            switch question.kind {
            case .road: ("road", asked.road)
            case .asset: ("asset", asked.asset)
            case .municipality: ("municipality", asked.municipality)
            case .propertyType, .answer: ("property", asked.property)
            }
        return question.choices.enumerated().map { index, choice in
            Choice(
                id: "choice-\(index)",
                name: name,
                key: choice.key,
                text: choice.label[site.language],
                hint: choice.metres.map { words("report.where.metres", ["n": String(Int($0.rounded()))]) },
                isChosen: choice.key == given ?? question.preselected
            )
        }
    }

    /// Counts that somebody was shown another body: by that body only, never by place or person.
    ///
    /// A metric and no stored contact: a page that is read may be read by a crawler or ten times over, and reading must not write.
    private func count(_ route: RouteAnswer) {
        guard let partner = route.partner else { return }
        Counter(label: "hub.referrals.shown", dimensions: [("body", partner.id.rawValue)]).increment()
    }
}
