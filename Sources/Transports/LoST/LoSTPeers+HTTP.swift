public import Hub
import LoST

extension LoSTPeers {
    /// Asks other LoST servers over HTTP: where a policy lets it go, no redirect followed, no more than a message read.
    ///
    /// The operator names the peers, so their addresses are public ones over `https`, or hosts inside that the deployment names.
    public init(http: OutboundHTTP) {
        self.init { url, message, seconds in
            let address: OutboundAddress
            do throws(AddressPolicy.Refusal) { address = try http.policy.check(url) } catch {
                return .silent(error.description)
            }
            let answer: OutboundAnswer
            do throws(OutboundFault) {
                answer = try await http.send(
                    OutboundRequest(
                        .post,
                        address,
                        headers: [
                            OutboundRequest.Header("Content-Type", "\(LoSTMessage.mediaType);charset=utf-8"),
                            OutboundRequest.Header("Accept", LoSTMessage.mediaType),
                            OutboundRequest.Header("Cache-Control", "no-cache"),
                        ],
                        body: message,
                        largestAnswer: LoSTMessage.largest,
                        timeLimit: .seconds(seconds)
                    )
                )
            } catch {
                return .silent(error.description)
            }
            guard answer.status == 200 else { return .nonsense("HTTP status \(answer.status)") }
            if let cutShort = answer.cutShort {
                return answer.isTooLarge ? .nonsense(cutShort) : .silent(cutShort)
            }
            return .answered(answer.body)
        }
    }
}
