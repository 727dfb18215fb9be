import Domain
import Hub
import Hummingbird

/// What the person who reported asks for: `POST /api/v1/requests/{reference}/{act}` with the private key in the body, never in an address.
enum RequestAct: String, Sendable, Hashable {
    /// It is not done.
    case dispute
    /// It is no longer needed.
    case withdraw
}

extension RequestResources {
    /// Does what is asked for and answers with the request as it is then; an unknown reference and a wrong key look alike.
    func act(_ act: RequestAct, _ text: String, _ request: Request) async throws -> Response {
        let buffer = try await request.body(limit: SubmittedRequest.largestBody)
        var body = try SubmittedRequest(buffer, contentType: request.headers[.contentType])
        let key = body.word("private_key")
        let words = body.text("text")
        if key == nil { throw FieldFault.missing("private_key") }
        if act == .dispute, words == nil { throw FieldFault.missing("text") }
        guard body.faults.isEmpty else { throw HTTPFault(body.faults) }
        guard let reference = try? RequestReference(parsing: text), let key = PrivateKey.read(key) else {
            throw HTTPFault.notFound
        }
        do {
            switch act {
            case .dispute:
                _ = try await DisputeRequest(surroundings)(
                    reference,
                    words: words ?? "",
                    privateToken: key,
                    by: "resident"
                )
            case .withdraw:
                _ = try await WithdrawRequest(surroundings)(reference, privateToken: key, by: "resident")
            }
        } catch is UnknownRequest {
            throw HTTPFault.notFound
        } catch let fault as DisputeRequest.Fault {
            throw HTTPFault(
                fault == .words ? .badRequest : .conflict,
                [
                    HTTPFault.Entry(
                        field: fault == .words ? "text" : nil,
                        code: fault == .words ? FieldFault.Code.tooLong.rawValue : "window_over",
                        LocalizedText(english: fault.message(.english), french: fault.message(.french))
                    )
                ]
            )
        } catch is RequestLife.IllegalTransition {
            throw HTTPFault(
                .conflict,
                [
                    HTTPFault.Entry(
                        code: "not_possible_now",
                        LocalizedText(
                            english: "this is not possible as the request stands now",
                            french: "ce n’est pas possible dans l’état actuel de la demande"
                        )
                    )
                ]
            )
        }
        guard let tracked = try await TrackRequest(surroundings)(reference, privateToken: key) else {
            throw HTTPFault.notFound
        }
        return Response(json: JSONText.of { $0.tracked(tracked) }, headers: [.cacheControl: "no-store"])
    }
}
