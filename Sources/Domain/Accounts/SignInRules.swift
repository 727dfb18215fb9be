public import Foundation

/// How long a sign-in counts and how often one may be tried.
public struct SignInRules: Sendable, Hashable {
    /// Seconds without a request after which a session is over.
    ///
    /// Default 30 min.
    public var idle: TimeInterval
    /// Seconds after which a session is over whatever happens.
    ///
    /// Default 12 h.
    public var longest: TimeInterval
    /// Seconds in which the second factor must follow the first.
    ///
    /// Default 10 min.
    public var halfway: TimeInterval
    /// Seconds for which a person counts as just having proved who they are; dangerous actions ask again later.
    ///
    /// Default 10 min.
    public var proof: TimeInterval
    /// Seconds for which an invitation or reset link is good.
    ///
    /// Default 1 h.
    public var invitation: TimeInterval
    /// Whether staff with a password need a second factor.
    ///
    /// Default true.
    public var needsSecondFactor: Bool
    /// Tries for one name before waiting begins.
    ///
    /// Default 5.
    public var triesOfName: Int
    /// Tries from one network before waiting begins.
    ///
    /// Default 40.
    public var triesOfNetwork: Int
    /// Seconds after which tries are forgotten.
    ///
    /// Default 15 min.
    public var memory: TimeInterval

    /// Rules with the defaults named above.
    public init(
        idle: TimeInterval = 1800,
        longest: TimeInterval = 12 * 3600,
        halfway: TimeInterval = 600,
        proof: TimeInterval = 600,
        invitation: TimeInterval = 3600,
        needsSecondFactor: Bool = true,
        triesOfName: Int = 5,
        triesOfNetwork: Int = 40,
        memory: TimeInterval = 900
    ) {
        self.idle = idle
        self.longest = longest
        self.halfway = halfway
        self.proof = proof
        self.invitation = invitation
        self.needsSecondFactor = needsSecondFactor
        self.triesOfName = triesOfName
        self.triesOfNetwork = triesOfNetwork
        self.memory = memory
    }

    /// Seconds to wait after so many failed tries where some are free: 30 s, doubled with each, at most ``memory``; nil: none.
    ///
    /// Never for good: somebody who tries another's name can slow its owner down, not lock them out.
    public func wait(after tries: Int, free: Int) -> TimeInterval? {
        guard tries > free else { return nil }
        return min(30 * pow(2, Double(min(tries - free - 1, 20))), memory)
    }
}

/// How far a sign-in has come.
public enum SignInStage: String, Sendable, Hashable, Codable, CaseIterable {
    /// The password was right; a code of the second factor must follow.
    case codeDue = "code_due"
    /// The password was right; a second factor must be set up before anything else.
    case enrolmentDue = "enrolment_due"
    /// All done.
    case full
}

/// How a person proved who they are.
public enum SignInMeans: String, Sendable, Hashable, Codable, CaseIterable {
    /// A password kept here.
    case password
    /// The sign-in service of a tenant.
    case signInService = "sign_in_service"
}
