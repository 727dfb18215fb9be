import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import NIOCore

/// What every page is made of: operations' surroundings, templates, words, files and the seal of forms.
struct PageParts: Sendable {
    let surroundings: Surroundings
    let settings: PageSettings
    let templates: Templates
    let assets: PageAssets
    let seal: FormSeal
    private let english: Words
    private let french: Words

    /// Reads templates, words and files from the bundle.
    init(surroundings: Surroundings, settings: PageSettings) throws {
        func folder(_ name: String) throws -> URL {
            guard let folder = Bundle.module.url(forResource: name, withExtension: nil) else {
                throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: name])
            }
            return folder
        }
        self.surroundings = surroundings
        self.settings = settings
        templates = try Templates(directory: folder("Templates"))
        assets = try PageAssets(own: folder("Assets"), leaflet: settings.leafletDirectory)
        seal = FormSeal(key: settings.formKey)
        let locales = try folder("Locales")
        english = try Words(language: .english, file: locales.appending(path: "en.json"))
        french = try Words(language: .french, file: locales.appending(path: "fr.json"))
    }

    /// The words of a language.
    func words(_ language: Language) -> Words {
        switch language {
        case .english: english
        case .french: french
        }
    }

    /// Whether the public reaches the service over TLS.
    var isSecure: Bool { surroundings.settings.publicBaseURL.scheme == "https" }

    /// Finds whose page an address asks for.
    ///
    /// - Throws: ``HTTPFault/notFound`` for a tenant that is unknown or suspended: both look alike.
    func site(_ context: HubRequestContext, _ language: Language) async throws -> Site {
        guard let name = context.parameters.get("jurisdiction") else {
            return Site(tenant: try await surroundings.directory.hub(), language: language)
        }
        guard let id = try? JurisdictionID(name), let tenant = try await surroundings.directory.tenant(id),
            !tenant.isHub
        else { throw HTTPFault.notFound }
        return Site(tenant: tenant, language: language)
    }

    /// Fills a page's template and puts it into an answer.
    func page(
        _ template: String,
        _ view: some Any,
        _ frame: FrameView,
        _ language: Language,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:],
        with others: [String: Any] = [:]
    ) throws -> Response {
        var values = TemplateValues.fields(of: view).merging(others) { first, _ in first }
        values["t"] = words(language).tree
        values["frame"] = TemplateValues.fields(of: frame)
        guard let html = templates.render(template, values) else {
            throw HTTPFault(.internalServerError, english: "a page is missing", french: "il manque une page")
        }
        var headers = headers
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.contentLanguage] = language.tag
        headers[.cacheControl] = frame.isPersonal ? "no-store" : "private, no-cache"
        headers.append(HTTPField(name: .setCookie, value: LanguageChoice.setCookie(language, isSecure: isSecure)))
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// The frame of a page of a face.
    ///
    /// - Parameters:
    ///   - here: Address of the page below the face's root, with its query, for the link to the other language.
    ///   - formStep: The step that the page's form posts to; the other language is then a button of that form.
    func frame(
        _ site: Site,
        title: String,
        here: String,
        formStep: String? = nil,
        back: FrameView.Link? = nil,
        hasMap: Bool = false,
        scripts: [String] = [],
        defaultAction: String? = nil,
        showsEmergency: Bool = false,
        isPersonal: Bool = false
    ) -> FrameView {
        let words = words(site.language)
        let tenant = site.tenant.tenant
        let name = tenant.name.plain[site.language]
        let other = site.otherLanguage
        return FrameView(
            tag: site.language.tag,
            title: words("frame.title", ["page": title, "body": name]),
            icon: assets.address("icon.svg"),
            stylesheet: assets.address("hub.css"),
            brandSheet: (BrandSheet(colour: tenant.brand.colour) ?? BrandSheet(colour: Brand.neutral.colour))?.address
                ?? "",
            styles: hasMap ? [assets.leafletSheet].compactMap(\.self) : [],
            scripts: (hasMap ? [assets.leafletScript].compactMap(\.self) : []) + scripts.map(assets.address),
            bodyName: name,
            home: site.path(""),
            report: site.path("report/what"),
            track: site.path("track"),
            who: site.path("who"),
            language: FrameView.LanguageSwitch(
                name: other.ownName,
                tag: other.tag,
                address: site.path(formStep ?? here, in: other),
                isButton: formStep != nil
            ),
            emergency: showsEmergency ? words("emergency.line") : nil,
            back: back,
            defaultAction: defaultAction,
            phone: PhoneText(tenant.contact.phone).shown,
            phoneAddress: PhoneText(tenant.contact.phone).address,
            email: tenant.contact.email,
            hours: tenant.contact.hours[site.language],
            callNumber: tenant.callNumber,
            isPersonal: isPersonal
        )
    }
}

extension Response {
    /// See another page: the answer to a form or an address that has a better one.
    static func seeOther(_ address: String, _ status: HTTPResponse.Status = .seeOther) -> Response {
        Response(status: status, headers: [.location: address, .cacheControl: "private, no-cache"])
    }
}
