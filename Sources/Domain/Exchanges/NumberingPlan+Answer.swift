public import Foundation

extension NumberingPlan {
    /// What the two numbers of a call say, and where it goes.
    ///
    /// The dialled number is the best hint, then the caller's. A wireless caller's own number is shown, but decides nothing about
    /// the way: an exchange's consent is about lines switched there.
    ///
    /// - Parameter municipalities: every municipality by area, with the body that answers there.
    public func answer(
        caller: TelephoneNumber,
        dialled: TelephoneNumber,
        at instant: Date,
        municipalities: [AreaID: Municipality]
    ) -> ExchangeAnswer {
        let callerReading = read(caller)
        let dialledReading = read(dialled: dialled, at: instant)
        let exchange = dialledReading.exchange ?? (dialledReading.body == nil ? callerReading.exchange : nil)
        let source: EvidenceRung =
            if dialledReading.exchange != nil || dialledReading.body != nil {
                .dialledExchange
            } else if exchange != nil { .callerExchange } else { .nothing }
        var hints = dialledReading.hints + callerReading.hints
        if let own = callerReading.exchange, dialledReading.exchange.map({ $0 != own }) == true {
            hints.append(.callerElsewhere)
        }
        let candidates = candidates(
            exchange: exchange,
            body: dialledReading.body,
            at: instant,
            municipalities: municipalities
        )
        let consent = exchange.map { self.consent(to: $0, at: instant) }
        let isExchangeSwitched = dialledReading.exchange != nil || !callerReading.isWireless
        return ExchangeAnswer(
            exchange: exchange,
            source: source,
            candidates: candidates,
            hints: hints,
            greeting: greeting(candidates, source: source),
            question: ExchangeWords.question(candidates),
            reason: ExchangeWords.reason(source, exchange: exchange, body: dialledReading.body),
            consent: consent,
            route: route(
                dialled: dialled,
                body: dialledReading.body,
                legacy: dialledReading.legacy,
                exchange: isExchangeSwitched ? exchange : nil,
                candidates: candidates,
                consent: consent,
                at: instant,
                municipalities: municipalities
            )
        )
    }

    private struct CallerReading {
        var exchange: ExchangeName?
        var isWireless = false
        var hints: [NumberHint] = []
    }

    private struct DialledReading {
        var exchange: ExchangeName?
        var body: JurisdictionID?
        var legacy: LegacyNumber?
        var hints: [NumberHint] = []
    }

    private func read(_ caller: TelephoneNumber) -> CallerReading {
        switch caller {
        case .withheld: return CallerReading(hints: [.callerWithheld])
        case .foreign: return CallerReading(hints: [.callerAbroad])
        case .malformed: return CallerReading(hints: [.callerUnreadable])
        case .service, .short: return CallerReading()
        case .national(let number):
            let area = number.code.areaCode
            if AreaCodes.tollFree.contains(area) { return CallerReading(hints: [.tollFree]) }
            if AreaCodes.nonGeographic.contains(area) { return CallerReading(hints: [.nonGeographic]) }
            guard let line = assignment(of: number.code) else { return CallerReading(hints: [.notListed]) }
            var reading = CallerReading(exchange: line.exchange, isWireless: line.isWireless)
            reading.hints.append(line.isWireless ? .wireless : .portable)
            switch line.status {
            case .inService: break
            case .assigned: reading.hints.append(.notInService)
            case .beingRecovered: reading.hints.append(.beingRecovered)
            }
            return reading
        }
    }

    private func read(dialled: TelephoneNumber, at instant: Date) -> DialledReading {
        guard let number = dialled.national else {
            return DialledReading(hints: dialled.isEmergency ? [.emergency] : [])
        }
        switch termination(of: number, at: instant) {
        case .exchange(let name): return DialledReading(exchange: name)
        case .tenant(let body): return DialledReading(body: body)
        case nil: break
        }
        guard let old = legacy(number) else { return DialledReading(hints: [.dialledUnknown]) }
        return DialledReading(body: old.jurisdiction, legacy: old, hints: [.legacyDialled])
    }

    private func candidates(
        exchange: ExchangeName?,
        body: JurisdictionID?,
        at instant: Date,
        municipalities: [AreaID: Municipality]
    ) -> [ExchangeAnswer.Candidate] {
        if let body {
            return municipalities.values.filter { $0.jurisdiction == body }.sorted { $0.area < $1.area }
                .map { ExchangeAnswer.Candidate(municipality: $0, share: 1, basis: nil) }
        }
        guard let exchange, let set = shares(of: exchange, at: instant) else { return [] }
        return set.shares.map { share in
            let unknown = Municipality(
                area: share.area,
                name: LocalizedText(same: share.area.rawValue),
                jurisdiction: nil,
                isServed: false
            )
            return ExchangeAnswer.Candidate(
                municipality: municipalities[share.area] ?? unknown,
                share: share.share,
                basis: set.basis
            )
        }
    }

    private func greeting(
        _ candidates: [ExchangeAnswer.Candidate],
        source: EvidenceRung
    ) -> ExchangeAnswer.Greeting {
        guard source == .dialledExchange, candidates.count == 1, let only = candidates.first,
            only.municipality.isServed
        else { return .neutral }
        return .municipality(only.municipality.area)
    }

    private func route(
        dialled: TelephoneNumber,
        body: JurisdictionID?,
        legacy: LegacyNumber?,
        exchange: ExchangeName?,
        candidates: [ExchangeAnswer.Candidate],
        consent: ConsentStanding?,
        at instant: Date,
        municipalities: [AreaID: Municipality]
    ) -> CallRoute? {
        guard let settings else { return nil }
        let centre = CallRoute(
            kind: .contactCentre,
            address: settings.contactCentre,
            legacyNumber: legacy?.number
        )
        if dialled.isEmergency { return CallRoute(kind: .emergency, address: centre.address) }
        if let body {
            guard let desk = settings.desks[body] else { return centre }
            return CallRoute(kind: .desk, address: desk, legacyNumber: legacy?.number)
        }
        guard let exchange else { return centre }
        if case .lacking = consent {
            let old = oldNumber(of: exchange, at: instant) { municipalities[$0]?.jurisdiction }
            guard let old else { return centre }
            return CallRoute(kind: .legacy, address: settings.address(of: old.number), legacyNumber: old.number)
        }
        // One desk for all who share the exchange, or the desk for everybody.
        let desks = Set(
            candidates.map { candidate in candidate.municipality.jurisdiction.flatMap { settings.desks[$0] } }
        )
        if desks.count == 1, let only = desks.first, let desk = only { return CallRoute(kind: .desk, address: desk) }
        return centre
    }
}

/// Area codes that belong to no place.
///
/// Source: North American Numbering Plan, toll-free and personal communication service codes.
enum AreaCodes {
    static let tollFree: Set<Int> = [
        800, 822, 833, 844, 855, 866, 877, 880, 881, 882, 883, 884, 885, 886, 887, 888, 889,
    ]
    static let nonGeographic: Set<Int> = [
        500, 521, 522, 523, 524, 525, 526, 527, 528, 529, 532, 533, 535, 538, 542, 543, 544, 545, 546, 547, 549, 550,
        552, 553, 554, 556, 566, 558, 569, 577, 578, 588, 589, 600, 622, 633, 644, 655, 677, 688, 700, 710, 900,
    ]
}
