public import Domain
public import Foundation
public import Storage
import Synchronization

/// The numbering plan in force, in memory, and the calls to old numbers counted since they were last written down.
///
/// A look-up takes the plan once and works on that value; another edition of the list or another entry of a register swaps it.
/// A process that dies loses at most two seconds of counted calls, and no call waits for the database.
public final class NumberingDirectory: Sendable {
    private struct State {
        var plan = NumberingPlan.empty
        var identity = ""
        var municipalities: [AreaID: Municipality] = [:]
        var municipalitiesIdentity = ""
        var calls: [Counted: Int] = [:]
    }

    private struct Counted: Hashable {
        let number: NationalNumber
        let day: CalendarDay
    }

    private let state = Mutex(State())

    /// Begins without a plan: no number says anything.
    public init() {}

    /// The plan that answers.
    public var plan: NumberingPlan { state.withLock { $0.plan } }

    /// Puts another plan in force, as a test or a rehearsal states it.
    public func replace(with plan: NumberingPlan, identity: String) {
        state.withLock {
            $0.plan = plan
            $0.identity = identity
        }
    }

    /// Loads lists and registers when they changed; true when it swapped.
    ///
    /// - Parameter hub: the hub itself, whose zone days are meant in and whose number takes calls without other settings.
    func reload(from databases: TenantDatabases, hub: HostedTenant?, at instant: Date) async throws -> Bool {
        let known = state.withLock { $0.identity }
        let loaded = try await databases.withHub(.readOnly) { transaction in
            let lists = NumberingLists(transaction)
            let revision = try await lists.revision()
            let settings = try await lists.revision(of: .settings)
            let list = try await lists.current(at: instant)
            let identity = "\(revision)|\(settings)|\(list?.id ?? 0)|\(hub?.digest ?? "")"
            guard identity != known else { return (NumberingPlan, String)?.none }
            return (try await Self.plan(transaction, list: list, hub: hub), identity)
        }
        guard let (plan, identity) = loaded else { return false }
        replace(with: plan, identity: identity)
        return true
    }

    /// A plan as it stood at another instant: the list of then, the registers with all their dates.
    public static func plan(
        at instant: Date,
        from databases: TenantDatabases,
        hub: HostedTenant?
    ) async throws -> NumberingPlan {
        try await databases.withHub(.readOnly) { transaction in
            try await plan(transaction, list: try await NumberingLists(transaction).current(at: instant), hub: hub)
        }
    }

    private static func plan(
        _ transaction: HubTransaction,
        list: NumberingList?,
        hub: HostedTenant?
    ) async throws -> NumberingPlan {
        let numbers = TelephoneNumbers(transaction)
        var settings = try await TelephoneSettingVersions(transaction).latest()?.settings
        if settings == nil, let phone = hub?.tenant.contact.phone, let number = TelephoneNumber(phone).national {
            settings = TelephoneSettings(contactCentre: CallAddress(number: number))
        }
        var codes: [CodeAssignment] = []
        if let list { codes = try await NumberingLists(transaction).codes(of: list.id) }
        return NumberingPlan(
            list: list,
            codes: codes,
            shareSets: try await Exchanges(transaction).shareSets(),
            terminations: try await numbers.terminations(),
            consents: try await ExchangeConsents(transaction).all(),
            legacyNumbers: try await numbers.legacyNumbers(),
            settings: settings,
            timeZone: hub?.calendar.timeZone ?? .gmt
        )
    }

    /// The municipalities, worked out again only when boundaries or agreement changed.
    func municipalities(identity: String, _ make: () -> [AreaID: Municipality]) -> [AreaID: Municipality] {
        if let known = state.withLock({ $0.municipalitiesIdentity == identity ? $0.municipalities : nil }) {
            return known
        }
        let made = make()
        state.withLock {
            $0.municipalities = made
            $0.municipalitiesIdentity = identity
        }
        return made
    }

    /// Counts a call that reached an old number.
    func count(_ number: NationalNumber, on day: CalendarDay) {
        state.withLock { $0.calls[Counted(number: number, day: day), default: 0] += 1 }
    }

    /// Takes what was counted since the last time.
    func takeCalls() -> [(number: NationalNumber, day: CalendarDay, calls: Int)] {
        let taken = state.withLock { state in
            let calls = state.calls
            state.calls = [:]
            return calls
        }
        return taken.map { (number: $0.key.number, day: $0.key.day, calls: $0.value) }
            .sorted { ($0.number, $0.day) < ($1.number, $1.day) }
    }

    /// Puts back what could not be written down.
    func putBack(_ calls: [(number: NationalNumber, day: CalendarDay, calls: Int)]) {
        state.withLock { state in
            for call in calls { state.calls[Counted(number: call.number, day: call.day), default: 0] += call.calls }
        }
    }
}
