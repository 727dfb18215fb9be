import Domain
import Foundation
import Testing

private let region = ReceivingBody.tenant(JurisdictionID(trusted: "maplewater"))
private let noon = Date(timeIntervalSince1970: 1_795_000_000)
private let later = noon.addingTimeInterval(3600)

/// One life in each state, and a try of each happening.
struct LifeSample: Sendable, CustomTestStringConvertible {
    let life: RequestLife

    var testDescription: String {
        "\(life.state.name)\(life.pause.map { ", \($0.rawValue)" } ?? ""), \(life.flow.rawValue)"
    }

    /// Every state, every pause, both flows.
    static let all: [LifeSample] = {
        let steps: [(inout RequestLife) throws -> Void] = [
            { _ in },
            { _ = try $0.review(at: noon) },
            { _ = try $0.plan(at: noon) },
            { _ = try $0.assignWork(at: noon) },
            { _ = try $0.makeSafe(at: noon, promise: .safe) },
            {
                _ = try $0.complete(.fixed, at: noon)
                _ = try $0.dispute()
            },
            { _ = try $0.offer(to: region) },
            {
                _ = try $0.offer(to: region)
                _ = try $0.accepted()
            },
            {
                _ = try $0.offer(to: region)
                _ = try $0.accepted()
                _ = try $0.holderReported(.fixed, at: noon)
            },
            {
                _ = try $0.offer(to: region)
                _ = try $0.accepted()
                _ = try $0.holderReported(.fixed, at: noon)
                _ = try $0.dispute()
            },
            { _ = try $0.complete(.fixed, at: noon) },
            { _ = try $0.complete(.duplicate, at: noon, parentEnded: true) },
            { _ = try $0.withdraw(at: noon) },
            { _ = try $0.decline(try PublicReason(english: "No", french: "Non"), at: noon) },
        ]
        let pauses = RequestLife.PauseReason.allCases.map { reason -> (inout RequestLife) throws -> Void in
            { _ = try $0.pause(reason) }
        }
        var samples = [LifeSample(life: .waitingForPlace)]
        for flow in RequestFlow.allCases {
            for step in steps + pauses {
                var life = RequestLife.received.following(flow)
                guard (try? step(&life)) != nil else { continue }
                samples.append(LifeSample(life: life))
            }
        }
        return samples
    }()

    /// Lets it happen; what was refused, or nil.
    static func attempt(
        _ happening: RequestLife.Happening,
        on life: inout RequestLife
    ) -> RequestLife.IllegalTransition? {
        do {
            switch happening {
            case .place: _ = try life.place()
            case .review: _ = try life.review(at: noon)
            case .assignWork: _ = try life.assignWork(at: noon)
            case .plan: _ = try life.plan(at: noon)
            case .makeSafe: _ = try life.makeSafe(at: noon, promise: .done)
            case .complete: _ = try life.complete(.withdrawn, at: later)
            case .decline:
                guard let reason = try? PublicReason(english: "No", french: "Non") else { return nil }
                _ = try life.decline(reason, at: later)
            case .withdraw: _ = try life.withdraw(at: later)
            case .offer: _ = try life.offer(to: region)
            case .accept: _ = try life.accepted()
            case .refuse: _ = try life.refused()
            case .timeOut: _ = try life.timedOut()
            case .takeBack: _ = try life.takenBack()
            case .report: _ = try life.holderReported(.inProgress, at: noon)
            case .pause: _ = try life.pause(.season)
            case .resume: _ = try life.resume()
            case .reopen: _ = try life.reopen()
            case .dispute: _ = try life.dispute()
            case .correct: _ = try life.corrected(.type)
            case .split: _ = try life.split()
            }
            return nil
        } catch {
            return error
        }
    }
}
