import Foundation
public import Hub

extension SignInExchange {
    /// Speaks with sign-in services over HTTP: where a policy lets it go, no redirect followed, no more than a document read.
    ///
    /// - Parameter secret: the secret of a named variable; read by the executable.
    public init(http: OutboundHTTP, secret: @escaping @Sendable (_ variable: String) -> String?) {
        @Sendable func send(_ method: OutboundRequest.Method, _ url: String, _ body: [UInt8]) async -> [UInt8]? {
            guard url.hasPrefix("https://"), let address = try? http.policy.check(url) else { return nil }
            var headers = [OutboundRequest.Header("Accept", "application/json")]
            if method == .post {
                headers.append(OutboundRequest.Header("Content-Type", "application/x-www-form-urlencoded"))
            }
            let request = OutboundRequest(
                method,
                address,
                headers: headers,
                body: body,
                largestAnswer: 256 * 1024,
                timeLimit: .seconds(8)
            )
            guard let answer = try? await http.send(request), answer.status == 200, answer.cutShort == nil else {
                return nil
            }
            return answer.body
        }
        self.init(
            get: { await send(.get, $0, []) },
            post: { address, form in
                let body = form.map { name, value in
                    "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
                }
                return await send(.post, address, Array(body.joined(separator: "&").utf8))
            },
            secret: secret
        )
    }
}
