public import Domain
import Foundation
public import LoST
import Logging
import Routing

/// What the hub sends back to a LoST client.
public enum LoSTReply: Sendable, Hashable {
    /// An answer of its own.
    case answer(LoSTAnswer)
    /// A peer's answer, unchanged.
    case relayed([UInt8])
}

/// Answers every request of LoST (RFC 5222): faults are answers too.
public struct AnswerLoST: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The name the server goes by: the agreement's, else the public host, else a name nobody has.
    public var serverName: ServerName {
        if let services = surroundings.agreement.routing.ruleSet(at: surroundings.second)?.locationServices {
            return services.server
        }
        return surroundings.settings.publicBaseURL.host().flatMap(ServerName.init(rawValue:))
            ?? ServerName(trusted: "lost.invalid")
    }

    /// Reads a message and answers it.
    public func callAsFunction(_ message: [UInt8]) async -> LoSTReply {
        do {
            return await callAsFunction(try LoSTRequest(parsing: message))
        } catch {
            return .answer(errors(error))
        }
    }

    /// Answers a request.
    public func callAsFunction(_ request: LoSTRequest) async -> LoSTReply {
        do {
            let scene = try await scene()
            guard !request.path.contains(where: { $0.isSame(as: scene.services.server) }) else {
                throw LoSTError(.loop, "the request came through \(scene.services.server) before")
            }
            switch request {
            case .findService(let asked): return try await AnswerFindService(scene: scene)(asked)
            case .listServices(let asked): return .answer(try AnswerListServices(scene: scene)(asked))
            case .listServicesByLocation(let asked): return try await AnswerListServicesByLocation(scene: scene)(asked)
            case .getServiceBoundary(let asked): return .answer(try AnswerServiceBoundary(scene: scene)(asked))
            }
        } catch {
            return .answer(errors(error))
        }
    }

    /// An answer that says why there is none; a fault of our own is logged and not told.
    public func errors(_ error: any Error) -> LoSTAnswer {
        let told: LoSTError
        if let known = error as? LoSTError {
            told = known
        } else {
            surroundings.log.error(
                "LoST request failed",
                metadata: ["fault": "\(String(reflecting: error).prefix(500))"]
            )
            told = LoSTError(.internalError, "the server could not answer; try again later")
        }
        return .errors(LoSTErrors(source: serverName, [told]))
    }

    private func scene() async throws -> LoSTScene {
        let now = surroundings.second
        let routing = surroundings.agreement.routing
        guard let rules = routing.ruleSet(at: now), let services = rules.locationServices else {
            throw LoSTError(.serviceNotImplemented, "this server has no services configured")
        }
        guard let generation = surroundings.geography.generation else {
            throw LoSTError(.internalError, "this server has no boundaries yet")
        }
        let outlines = try await surroundings.lost.outlines(
            AreaOutlines.layers(for: rules),
            of: generation,
            from: surroundings.databases
        )
        return LoSTScene(
            surroundings: surroundings,
            services: services,
            rules: rules,
            routing: routing,
            outlines: outlines,
            hub: try await surroundings.directory.hub(),
            now: now
        )
    }
}
