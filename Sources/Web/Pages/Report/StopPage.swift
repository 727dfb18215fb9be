import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// The whole answer where a report is not taken: why, who does it, how to reach them, and what was written, to copy.
struct StopPage: Sendable {
    let parts: PageParts

    /// How to reach the body that does it.
    struct Reach {
        let name: String
        let phone: String?
        let phoneAddress: String?
        let hours: String?
        let url: String?
        let report: String?
    }

    /// What the template shows.
    struct StopView {
        let step: StepChrome
        let warning: String?
        let text: String
        let more: [String]
        let reach: Reach?
        let written: String?
    }

    /// The page of a report.
    func page(_ report: ReportCase, _ chrome: StepChrome, _ status: HTTPResponse.Status) throws -> Response {
        guard let stop = report.stop else { throw HTTPFault.notFound }
        return try page(stop, report, chrome, status)
    }

    /// The page for a reason.
    func page(
        _ stop: ReportStop,
        _ report: ReportCase,
        _ chrome: StepChrome,
        _ status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let view = view(stop, report, chrome)
        return try parts.page("resident.stop", view, chrome.frame, report.site.language, status: status)
    }

    private func view(_ stop: ReportStop, _ report: ReportCase, _ chrome: StepChrome) -> StopView {
        let site = report.site
        let words = parts.words(site.language)
        var (warning, text, more, reach): (String?, String, [String], Reach?) = (nil, "", [], nil)
        switch stop {
        case .season(let service, let opens, let closes):
            text = words("report.stop.season", Self.season(opens, closes, site.dates))
            more = [service.referral, service.caution].compactMap { $0?[site.language] }
        case .call(let service):
            text = words("report.stop.call")
            more = [service.referral, service.caution].compactMap { $0?[site.language] }
            reach = Self.reach(site.tenant, site.language)
        case .outside(let route):
            text = route.decision.residentText[site.language]
            (warning, reach) = (
                route.partner?.warning?[site.language], route.partner.map { Self.reach($0, site.language) }
            )
            more = [words("report.stop.not-sent")]
        case .partner(let route):
            let name = route.partner?.name.withArticle[site.language] ?? ""
            text = words("report.stop.partner", ["body": name])
            (warning, reach) = (
                route.partner?.warning?[site.language], route.partner.map { Self.reach($0, site.language) }
            )
            more = [route.decision.residentText[site.language], route.partner?.text[site.language]].compactMap(\.self)
        case .elsewhere(let route):
            text = route.decision.residentText[site.language]
            more = [words("report.stop.not-sent")]
            reach =
                route.lead.map { lead in
                    var reach = Self.reach(lead, site.language)
                    reach = Reach(
                        name: reach.name,
                        phone: reach.phone,
                        phoneAddress: reach.phoneAddress,
                        hours: reach.hours,
                        url: nil,
                        report: "/\(site.language.rawValue)/report/where"
                            + (route.service.map { "?type=\($0.publicType)" } ?? "")
                    )
                    return reach
                } ?? route.partner.map { Self.reach($0, site.language) }
        }
        return StopView(
            step: chrome,
            warning: warning,
            text: text,
            more: more,
            reach: reach,
            written: written(report, words)
        )
    }

    /// What the person wrote, ready to be sent to somebody else.
    private func written(_ report: ReportCase, _ words: Words) -> String? {
        let pieces = [
            report.service?.name[words.language], PlaceText(report.draft, words).line,
            report.draft.description ?? report.draft.words,
        ].compactMap(\.self)
        return report.draft.words == nil && report.draft.description == nil ? nil : pieces.joined(separator: "\n")
    }

    private static func season(_ opens: MonthDay, _ closes: MonthDay, _ dates: PageDates) -> [String: String] {
        [
            "month": dates.month(opens), "de month": dates.monthAfterDe(opens), "end": dates.month(closes),
            "date": dates.dayOfYear(opens),
        ]
    }

    private static func reach(_ partner: Partner, _ language: Language) -> Reach {
        Reach(
            name: partner.name.plain[language],
            phone: partner.phone.map { PhoneText($0).shown },
            phoneAddress: partner.phone.map { PhoneText($0).address },
            hours: partner.hours[language],
            url: partner.url.flatMap { safe($0) },
            report: nil
        )
    }

    private static func reach(_ tenant: HostedTenant, _ language: Language) -> Reach {
        let contact = tenant.tenant.contact
        return Reach(
            name: tenant.tenant.name.plain[language],
            phone: PhoneText(contact.phone).shown,
            phoneAddress: PhoneText(contact.phone).address,
            hours: contact.hours[language],
            url: contact.website.flatMap { safe($0) },
            report: nil
        )
    }

    /// A web address that a link may carry: a page, never a script.
    static func safe(_ address: String) -> String? {
        guard let scheme = URLComponents(string: address)?.scheme?.lowercased(), ["http", "https"].contains(scheme)
        else {
            return nil
        }
        return address
    }
}
