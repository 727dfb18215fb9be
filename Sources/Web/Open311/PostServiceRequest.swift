import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import Open311
import Storage

/// `POST requests`: decode, submit, encode.
struct PostServiceRequest: Sendable {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    func callAsFunction(_ exchange: Open311Exchange) async throws -> Response {
        let client = try await exchange.client(right: .submit, surroundings)
        guard let code = exchange.parameters.serviceCode else { throw Open311Faults(.serviceCodeMissing) }
        let now = surroundings.second
        guard let service = exchange.service(code, at: now) else { throw Open311Faults(.serviceCodeUnknown) }
        let intake = try await intake(exchange, service: service, now: now)
        switch try await SubmitServiceRequest(surroundings)(intake, to: exchange.tenant, client: client) {
        case .taken(let receipt):
            return Response(message(receipt, exchange).encodedAlone(as: exchange.format), exchange.format)
        case .refused(let faults):
            let list = faults.map { fault in
                fault.field == "service_code" ? Open311Fault.serviceCodeUnknown : Open311Fault(fault)
            }
            throw Open311Faults(list) ?? Open311Faults(.bad("request", "cannot be taken"))
        case .elsewhere(let answer): throw Open311Faults(elsewhere(answer))
        }
    }

    private func message(_ receipt: Receipt, _ exchange: Open311Exchange) -> PostedRequestMessage {
        let handle: PostedRequestMessage.Receipt =
            switch receipt.kind {
            case .realtime: .id(receipt.reference.rawValue)
            case .batch: .token(receipt.token ?? "")
            case .blackbox: .nothing
            }
        return PostedRequestMessage(
            handle,
            serviceNotice: receipt.notice?[exchange.language],
            accountID: exchange.parameters.text("account_id")
        )
    }

    /// Where the matter belongs instead, in one sentence that names the body.
    private func elsewhere(_ answer: RouteAnswer) -> Open311Fault {
        let words = answer.decision.residentText.english
        return .bad("lat", "and long name a place or matter that is not this jurisdiction's: \(words)")
    }

    /// Everything but the key, faults of all fields together.
    private func intake(_ exchange: Open311Exchange, service: Service, now: Date) async throws -> Intake {
        var faults: [Open311Fault] = []
        var submission: RequestSubmission?
        do throws(Open311Faults) {
            submission = try RequestSubmission(exchange.parameters)
        } catch {
            faults += error.list
        }
        let definition = AttributeMessage.all(of: service, language: exchange.language)
        let check = AttributeCheck(SubmittedAttributes(exchange.parameters), definition: definition)
        faults += check.faults
        if let all = Open311Faults(faults) { throw all }
        guard let submission else { throw Open311Faults(.bad("request", "cannot be read")) }
        let photos = try await PostedPhotos(surroundings)(exchange.files, mediaURLs: submission.mediaURLs)
        let requester = submission.requester
        return Intake(
            channel: .open311,
            service: service.code,
            language: exchange.language,
            description: submission.description ?? "",
            coordinate: submission.coordinate,
            address: submission.address,
            addressID: submission.addressID,
            answers: Answers(
                Dictionary(check.answers.map { ($0.attribute.code, $0.values) }, uniquingKeysWith: +)
            ),
            contact: Requester(
                email: requester.email,
                phone: requester.phone,
                firstName: requester.firstName,
                lastName: requester.lastName,
                deviceID: requester.deviceID,
                accountID: requester.accountID
            ),
            mediaURLs: photos.elsewhere,
            photos: photos.kept,
            receivedAt: now,
            idempotencyKey: try exchange.idempotencyKey()
        )
    }
}

extension Open311Exchange {
    /// The `Idempotency-Key` of the request; nil when there is none.
    func idempotencyKey() throws -> String? {
        guard let name = HTTPField.Name("Idempotency-Key"), let key = request.headers[name], !key.isEmpty else {
            return nil
        }
        guard key.utf8.count <= 200 else {
            throw Open311Faults(.bad("Idempotency-Key", "has more than 200 characters"))
        }
        return key
    }
}
