import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// Follow a request: by its reference public data only; with the private key what belongs to the person who reported.
struct TrackPages: Sendable {
    let parts: PageParts

    /// What the box for a reference shows.
    struct TrackView {
        let heading: String
        let action: String
        let typed: String
        let fault: String?
        let help: String?
        let keyAction: String?
    }

    /// The box, or the way to what was typed into it.
    func ask(_ request: Request, _ site: Site) throws -> Response {
        let typed = try PageForm(query: request)["reference"].map { String($0.prefix(60)) }
        guard let typed else { return try box("", nil, nil, site) }
        do {
            return .seeOther(site.path("requests/\(try RequestReference(parsing: typed))"), .found)
        } catch {
            return try box(typed, error, nil, site, status: .badRequest)
        }
    }

    /// A request by the reference in the address; any spelling leads to the one address.
    func show(_ context: HubRequestContext, _ site: Site) async throws -> Response {
        let typed = String((context.parameters.get("reference")?.removingPercentEncoding ?? "").prefix(60))
        guard let reference = try? RequestReference(parsing: typed) else { return try missing(typed, site) }
        guard reference.rawValue == typed else { return .seeOther(site.path("requests/\(reference)"), .found) }
        guard let tracked = try await TrackRequest(parts.surroundings)(reference) else {
            return try missing(typed, site)
        }
        return try page(tracked, site, key: nil)
    }

    /// A request with the private key that came in a form, never in an address; and what the person asks for with it.
    func unlock(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        guard FormOrigin(publicBaseURL: parts.surroundings.settings.publicBaseURL).allows(request) else {
            throw HTTPFault(
                .forbidden,
                english: "the form was sent from another site",
                french: "le formulaire a été envoyé depuis un autre site"
            )
        }
        let typed = String((context.parameters.get("reference")?.removingPercentEncoding ?? "").prefix(60))
        let form = try await PageForm(body: request)
        guard let reference = try? RequestReference(parsing: form["reference"] ?? typed),
            let key = PrivateKey.read(form["key"]),
            let tracked = try await TrackRequest(parts.surroundings)(reference, privateToken: key),
            tracked.isRequesters
        else { return try missing(form["reference"] ?? typed, site) }
        guard let act = form["act"].flatMap(RequestActions.Act.init(rawValue:)) else {
            return try page(tracked, site, key: key)
        }
        let fault = try await take(act, reference, key, form["words"] ?? "", site.language)
        let after = try await TrackRequest(parts.surroundings)(reference, privateToken: key) ?? tracked
        return try page(after, site, key: key, fault: fault, status: fault == nil ? .ok : .badRequest)
    }

    /// Does what the person asked for; the fault in their language when it cannot be done.
    ///
    /// What cannot be done any more because it was done before (the form sent twice) is no fault: the page shows how it stands.
    private func take(
        _ act: RequestActions.Act,
        _ reference: RequestReference,
        _ key: String,
        _ words: String,
        _ language: Language
    ) async throws -> String? {
        do {
            switch act {
            case .dispute:
                _ = try await DisputeRequest(parts.surroundings)(
                    reference,
                    words: words,
                    privateToken: key,
                    by: "resident"
                )
            case .withdraw:
                _ = try await WithdrawRequest(parts.surroundings)(reference, privateToken: key, by: "resident")
            }
            return nil
        } catch let fault as DisputeRequest.Fault {
            return fault.message(language)
        } catch is RequestLife.IllegalTransition {
            return nil
        }
    }

    /// Unknown, foreign and not public look exactly alike, and all offer the private key.
    private func missing(_ typed: String, _ site: Site) throws -> Response {
        var fault: RequestReference.Invalid?
        do {
            _ = try RequestReference(parsing: typed)
        } catch {
            fault = error
        }
        let keyAction = fault == nil ? site.path("requests/\(typed)") : nil
        return try box(typed, fault, keyAction, site, status: .notFound)
    }

    private func box(
        _ typed: String,
        _ fault: RequestReference.Invalid?,
        _ keyAction: String?,
        _ site: Site,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let words = parts.words(site.language)
        let isFault = status != .ok
        let heading = words("track.heading")
        let view = TrackView(
            heading: heading,
            action: site.path("track"),
            typed: typed,
            fault: isFault ? words("track.missing") : nil,
            help: fault.map { words("track.\(Self.key(of: $0))") },
            keyAction: keyAction
        )
        let title = isFault ? words("fault.title", ["page": heading]) : heading
        let frame = parts.frame(site, title: title, here: "track", isPersonal: true)
        return try parts.page("resident.track", view, frame, site.language, status: status)
    }

    private static func key(of fault: RequestReference.Invalid) -> String {
        switch fault {
        case .length: "length"
        case .character: "character"
        case .check: "check"
        }
    }

    private func page(
        _ tracked: TrackedRequest,
        _ site: Site,
        key: String?,
        fault: String? = nil,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let words = parts.words(site.language)
        let view = RequestView(
            tracked,
            words: words,
            key: key,
            fault: fault,
            follow: site.path("requests/\(tracked.request.reference)")
        )
        let frame = parts.frame(
            site,
            title: words("track.title", ["ref": tracked.request.reference.rawValue]),
            here: "requests/\(tracked.request.reference)",
            back: FrameView.Link(text: words("track.another"), address: site.path("track")),
            isPersonal: true
        )
        return try parts.page("resident.request", view, frame, site.language, status: status)
    }
}
