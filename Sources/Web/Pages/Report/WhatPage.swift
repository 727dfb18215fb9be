import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// "What is the matter?": search by everyday words, what is reported most, everything by group, "Something else" last.
struct WhatPage: Sendable {
    let parts: PageParts

    /// A type as a button.
    struct TypeItem {
        let code: String
        let name: String
        let text: String
    }

    /// The types of a group.
    struct Group {
        let name: String
        let count: String
        let types: [TypeItem]
    }

    /// What the template shows.
    struct WhatView {
        let step: StepChrome
        let query: String
        let queryFault: String?
        let found: [TypeItem]
        let foundText: String?
        let isNothingFound: Bool
        let common: [TypeItem]
        let groups: [Group]
        let other: TypeItem?
        let searchAction: String
        let suggestions: String
    }

    /// The page of a report.
    func page(_ report: ReportCase, _ chrome: StepChrome, _ status: HTTPResponse.Status) throws -> Response {
        let site = report.site
        let words = parts.words(site.language)
        let typed = report.draft.words ?? ""
        let found = found(typed, site)
        let types = TypeList(site, at: report.now)
        let view = WhatView(
            step: chrome,
            query: typed,
            queryFault: chrome.fault("q"),
            found: found.prefix(12).map { types.item($0) },
            foundText: typed.isEmpty || found.isEmpty
                ? nil : words.plural("report.what.found", min(found.count, 12), ["words": typed]),
            isNothingFound: !typed.isEmpty && found.isEmpty,
            common: typed.isEmpty ? types.common(parts.settings.commonTypes).map { types.item($0) } : [],
            groups: types.groups.map { group in
                Group(
                    name: group.name,
                    count: words.plural("report.what.count", group.types.count),
                    types: group.types.map { types.item($0) }
                )
            },
            other: types.other.map { types.item($0) },
            searchAction: site.path("report/what"),
            suggestions: site.path("report/suggest")
        )
        return try parts.page("resident.what", view, chrome.frame, site.language, status: status)
    }

    /// Types that match the words, best first.
    func found(_ typed: String, _ site: Site) -> [Service] {
        guard !typed.isEmpty else { return [] }
        return SearchServices()(
            typed,
            among: TypeList(site, at: parts.surroundings.second).offered.filter { !$0.isCatchAll }
        )
    }
}

/// The types a face offers, in the shapes that its pages show them.
struct TypeList: Sendable {
    /// Valid and in season now.
    let offered: [Service]
    private let language: Language

    /// The types of a face at an instant.
    init(_ site: Site, at instant: Date) {
        offered = site.tenant.catalogue.offered(on: site.tenant.day(of: instant))
        language = site.language
    }

    /// A type as a button.
    func item(_ service: Service) -> WhatPage.TypeItem {
        WhatPage.TypeItem(
            code: service.code.rawValue,
            name: service.name[language],
            text: service.description[language]
        )
    }

    /// Those shown first where nothing was typed, at most six.
    func common(_ codes: [String]) -> [Service] {
        Array(codes.compactMap { code in offered.first { $0.publicType.rawValue == code } }.prefix(6))
    }

    /// All others by their first group, groups in the order of the catalogue.
    var groups: [(name: String, types: [Service])] {
        var groups: [(name: String, types: [Service])] = []
        for service in offered where !service.isCatchAll {
            let name = service.groups.first?[language] ?? ""
            if let index = groups.firstIndex(where: { $0.name == name }) {
                groups[index].types.append(service)
            } else {
                groups.append((name, [service]))
            }
        }
        return groups.filter { !$0.name.isEmpty }
    }

    /// What takes everything no other type fits.
    var other: Service? { offered.first { $0.isCatchAll } }
}
