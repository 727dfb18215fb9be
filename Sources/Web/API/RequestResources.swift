import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import NIOCore
import Open311
import Storage

/// `POST /api/v1/requests` and `GET /api/v1/requests/{reference}`.
struct RequestResources: Sendable {
    let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes a request; the answer is given once it is stored durably.
    func post(_ request: Request) async throws -> Response {
        let buffer = try await request.body(limit: SubmittedRequest.largestBody)
        guard let key = Self.bearer(request) else { throw Self.keyRefused(.unauthorized) }
        var body = try SubmittedRequest(buffer, contentType: request.headers[.contentType])
        let named: JurisdictionID? = body.code("jurisdiction_id")
        let tenant =
            if let named { try await surroundings.named(named, field: "jurisdiction_id") } else {
                try await surroundings.directory.hub()
            }
        if let fault = body.faults.first { throw fault }
        guard let client = try await AuthenticateKey(surroundings)(key, for: tenant, right: .submit) else {
            throw Self.keyRefused(.forbidden)
        }
        let (intake, place) = try await intake(&body, request)
        switch try await SubmitServiceRequest(surroundings)(intake, place: place, to: tenant, client: client) {
        case .taken(let receipt):
            return Response(
                json: Self.text(receipt),
                status: receipt.isReplay ? .ok : .created,
                headers: [.cacheControl: "no-store"]
            )
        case .refused(let faults): throw HTTPFault(faults.map(Self.spelled))
        case .elsewhere(let answer): throw Self.elsewhere(answer)
        }
    }

    /// What anybody who knows the reference may see.
    func one(_ text: String, _ request: Request) async throws -> Response {
        guard let reference = try? RequestReference(parsing: text),
            let tracked = try await TrackRequest(surroundings)(reference)
        else { throw HTTPFault.notFound }
        return Response(json: JSONText.of { $0.tracked(tracked) }, headers: [.cacheControl: "no-store"])
    }

    private func intake(_ body: inout SubmittedRequest, _ request: Request) async throws -> (Intake, PlaceInput) {
        let service: ServiceCode? = body.code("service_code")
        if service == nil, body.faults.isEmpty { throw FieldFault.missing("service_code") }
        let spoken = body.word("language") ?? "en"
        let language = Language(rawValue: spoken.lowercased())
        if language == nil { body.fail("language", .unknown, "is not taken: en or fr", "n’est pas accepté : en ou fr") }
        body.expectObject("contact")
        var intake = Intake(
            channel: .api,
            service: service ?? ServiceCode(trusted: ""),
            language: language ?? .english,
            description: body.text("description") ?? "",
            coordinate: body.coordinate(),
            address: body.word("address_string"),
            addressID: body.word("address_id"),
            answers: body.answers(),
            contact: Requester(
                email: body.word("email", in: "contact"),
                phone: body.word("phone", in: "contact"),
                firstName: body.word("first_name", in: "contact"),
                lastName: body.word("last_name", in: "contact"),
                accountID: body.word("account_id", in: "contact")
            ),
            receivedAt: surroundings.second,
            idempotencyKey: try Self.idempotencyKey(request)
        )
        let place = PlaceInput(
            coordinate: intake.coordinate,
            address: intake.address,
            addressID: intake.addressID,
            chosenRoad: body.word("chosen_road"),
            chosenMunicipality: body.word("chosen_municipality"),
            chosenAsset: body.word("chosen_asset"),
            roadName: body.word("road_name")
        )
        let addresses = body.photos()
        guard body.faults.isEmpty else { throw HTTPFault(body.faults) }
        for address in addresses {
            if address.lowercased().hasPrefix("data:") {
                if let id = try await keep(address) { intake.photos.append(id) }
            } else {
                intake.mediaURLs.append(address)
            }
        }
        return (intake, place)
    }

    /// Keeps a picture; when only our disk is at fault, the request goes on without it.
    private func keep(_ address: String) async throws -> String? {
        do {
            return try await surroundings.photos.keep(dataAddress: address).id
        } catch PhotoFault.storeUnavailable {
            return nil
        } catch {
            throw FieldFault(field: "photos", fault: "has a picture that is not taken", expected: "\(error)")
        }
    }

    private static func bearer(_ request: Request) -> String? {
        guard let words = request.headers[.authorization]?.split(separator: " ", maxSplits: 1), words.count == 2,
            words[0].lowercased() == "bearer"
        else { return nil }
        return words[1].trimmingCharacters(in: .whitespaces)
    }

    private static func idempotencyKey(_ request: Request) throws -> String? {
        guard let name = HTTPField.Name("Idempotency-Key"), let key = request.headers[name], !key.isEmpty else {
            return nil
        }
        guard key.utf8.count <= 200 else {
            throw FieldFault(
                field: "Idempotency-Key",
                code: .tooLong,
                fault: LocalizedText(english: "is too long", french: "est trop longue"),
                expected: LocalizedText(english: "at most 200 characters", french: "au plus 200 caractères")
            )
        }
        return key
    }

    private static func keyRefused(_ status: HTTPResponse.Status) -> HTTPFault {
        HTTPFault(
            status,
            english: "a key of this hub with the right to submit here is required: Authorization: Bearer KEY",
            french: "une clé de ce centre avec le droit d’envoyer ici est requise : Authorization: Bearer CLÉ",
            headers: status == .unauthorized ? [.wwwAuthenticate: "Bearer"] : [:]
        )
    }

    /// A fault with its field as the body spells it: `answers.SPOT`, not Open311's `attribute[SPOT]`.
    private static func spelled(_ fault: FieldFault) -> FieldFault {
        var field = fault.field
        if field.hasPrefix("attribute["), field.hasSuffix("]") {
            field = "answers." + field.dropFirst("attribute[".count).dropLast()
        } else if ["email", "phone", "first_name", "last_name", "account_id"].contains(field) {
            field = "contact." + field
        }
        return FieldFault(field: field, code: fault.code, fault: fault.fault, expected: fault.expected)
    }

    /// Nothing was stored: who does it, and why.
    private static func elsewhere(_ answer: RouteAnswer) -> HTTPFault {
        HTTPFault(
            .badRequest,
            [HTTPFault.Entry(field: "lat", code: FieldFault.Code.notAllowed.rawValue, answer.decision.residentText)]
        )
    }

    private static func text(_ receipt: Receipt) -> ByteBuffer {
        JSONText.of { json in
            json.object { json in
                json.always("reference", receipt.kind == .realtime ? receipt.reference.rawValue : nil)
                json.always("token", receipt.token)
                json.member("jurisdiction_id", receipt.holder.rawValue)
                json.member("notice", receipt.notice)
                json.name("decision")
                json.decision(receipt.decision)
            }
        }
    }
}

extension Surroundings {
    /// A jurisdiction of this hub that a caller named.
    ///
    /// - Throws: 404 naming the field when it is none.
    func named(_ id: JurisdictionID, field: String) async throws -> HostedTenant {
        if let tenant = try await directory.tenant(id) { return tenant }
        let text = LocalizedText(
            english: "\(field) is no jurisdiction of this hub",
            french: "\(field) n’est pas un territoire de ce centre"
        )
        throw HTTPFault(.notFound, [HTTPFault.Entry(field: field, code: FieldFault.Code.unknown.rawValue, text)])
    }
}
