public import Domain
public import Foundation
internal import Open311

extension Open311Client {
    /// What looking for a request at the server gave.
    public enum Found: Sendable, Hashable {
        /// It is there, under this id.
        case there(remoteID: String)
        /// Everything of that time was looked through, and it is not there: it may be sent again.
        case absent
        /// The server could not be looked through; nothing is known, and nothing may be sent again.
        case unknown(reason: String)
    }

    /// Asks whether a request whose sending ended uncertain has arrived.
    ///
    /// Looks through what the server received from an hour before the attempt to now, for our reference in the description.
    /// Servers show a new request some time after they took it: ask no sooner than ``askingDelay`` after the attempt.
    ///
    /// - Parameters:
    ///   - reference: Our reference.
    ///   - serviceCode: What the server calls the kind; narrows the search.
    ///   - attempt: When it was sent.
    ///   - now: The present.
    ///   - patience: Time for all the questions together; when it is up nothing is known.
    public func find(
        _ reference: RequestReference,
        serviceCode: String,
        sentAt attempt: Date,
        now: Date,
        patience: Duration = .seconds(60)
    ) async -> Found {
        let start = attempt.addingTimeInterval(-3600)
        let end = max(now, attempt).addingTimeInterval(3600)
        // Reading in pieces of a day keeps an answer under the limit, and the window under the ninety days of the standard.
        let looking = Search(
            reference: reference,
            serviceCode: serviceCode,
            until: ContinuousClock.now.advanced(by: patience)
        )
        var from = start
        while from < end {
            let to = min(from.addingTimeInterval(86_400), end)
            switch await find(looking, from, to) {
            case .absent: from = to
            case let found: return found
            }
        }
        return .absent
    }

    /// What is looked for, and until when.
    private struct Search {
        let reference: RequestReference
        let serviceCode: String
        let until: ContinuousClock.Instant
    }

    /// How long after an uncertain attempt the server is asked at the earliest, in seconds.
    public static let askingDelay: TimeInterval = 60

    /// Looks through one window, page by page; halves it where the server shows no more than a part and knows no pages.
    private func find(_ looking: Search, _ start: Date, _ end: Date) async -> Found {
        var seen: Set<String> = []
        for page in 1...Self.mostPages {
            guard ContinuousClock.now < looking.until else { return .unknown(reason: "looking took too long") }
            let requests: [ServiceRequestMessage]
            do throws(Fault) {
                requests = try await self.requests(
                    of: looking.serviceCode,
                    from: start,
                    to: end,
                    page: page,
                    pageSize: Self.pageSize
                )
            } catch { return .unknown(reason: error.description) }
            if let found = requests.first(where: { HubReferenceMark.isIn($0.description, reference: looking.reference) }
            ) {
                return .there(remoteID: found.serviceRequestID)
            }
            let new = requests.map(\.serviceRequestID).filter { seen.insert($0).inserted }
            guard new.isEmpty else { continue }
            // Past the end of the pages, or the same again from a server without pages: all of it, if it was not cut.
            guard !requests.isEmpty, seen.count >= Self.smallestCut else { return .absent }
            return await findInHalves(looking, start, end)
        }
        return .unknown(reason: "more than \(Self.mostPages * Self.pageSize) requests in one day")
    }

    private func findInHalves(_ looking: Search, _ start: Date, _ end: Date) async -> Found {
        guard end.timeIntervalSince(start) > 600 else {
            return .unknown(reason: "the server shows only a part of its requests")
        }
        let middle = start.addingTimeInterval((end.timeIntervalSince(start) / 2).rounded())
        let later = await find(looking, middle, end)
        guard case .absent = later else { return later }
        return await find(looking, start, middle)
    }

    private static let pageSize = 100
    private static let mostPages = 50

    /// Fewest requests at which a server without pages may have cut its list; 25 is the smallest page size met.
    private static let smallestCut = 25
}
