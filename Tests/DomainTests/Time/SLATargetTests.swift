import Domain
import Foundation
import Testing

@Suite("A target")
struct SLATargetTests {
    @Test(
        "is above zero, bounded, and halves are for hours",
        arguments: [
            (0, SLATarget.Unit.hours), (-1, .days), (0.5, .businessDays), (0.25, .hours), (1e9, .minutes),
            (.nan, .hours), (.infinity, .weeks), (1.5, .weeks),
        ] as [(Double, SLATarget.Unit)]
    )
    func refused(amount: Double, unit: SLATarget.Unit) {
        #expect(throws: SLATarget.Invalid.self) { try SLATarget(amount: amount, unit) }
    }

    @Test("comes back the same from JSON, and a bad one is not let in by JSON")
    func coding() throws {
        let target = try SLATarget(amount: 0.5, .businessHours)
        let data = try JSONEncoder().encode(target)
        #expect(try JSONDecoder().decode(SLATarget.self, from: data) == target)
        let bad = Data(#"{"amount": 0, "unit": "hours"}"#.utf8)
        #expect(throws: (any Error).self) { try JSONDecoder().decode(SLATarget.self, from: bad) }
    }

    @Test(
        "of a road follows its class",
        arguments: [
            (RoadClassTargets.Defect.pothole, "3", 168), (.pothole, "Class 4", 336), (.pothole, "5", 720),
            (.pothole, "2", 96), (.snow, "1", 4), (.snow, "mms 5", 24), (.snow, "3", 12),
        ] as [(RoadClassTargets.Defect, String, Int)]
    )
    func roadClasses(defect: RoadClassTargets.Defect, roadClass: String, hours: Int) throws {
        let standard = try #require(
            RoadClassTargets.ontario.standard(for: defect, roadClass: roadClass)
        )
        #expect(standard.target == (try SLATarget(amount: hours, .hours)))
    }

    @Test("of a road without a standard is none", arguments: ["6", "", "arterial", "12", "7"])
    func noStandard(roadClass: String) {
        #expect(RoadClassTargets.ontario.standard(for: .pothole, roadClass: roadClass) == nil)
        #expect(RoadClassTargets.ontario.standard(for: .snow, roadClass: roadClass) == nil)
    }
}

@Suite("A clock")
struct SLAClockTests {
    private func clock(_ amount: Int, _ unit: SLATarget.Unit, from local: String) throws -> (
        SLAClock, BusinessCalendar
    ) {
        let office = try torontoOffice()
        let started = try instant(local, in: office.timeZone)
        return (
            SLAClock(startedAt: started, target: try SLATarget(amount: amount, unit), slaVersion: "1"),
            office
        )
    }

    @Test(
        "leaves after a pause what was left before it",
        arguments: [
            // amount, unit, started, paused, resumed, due
            (
                4, SLATarget.Unit.businessHours, "2026-11-16 10:00", "2026-11-16 12:00", "2026-11-18 12:00",
                "2026-11-18 14:00"
            ),
            (
                4, .businessHours, "2026-11-16 10:00", "2026-11-16 12:00", "2026-11-16 20:00",
                "2026-11-17 10:30"
            ),
            (4, .hours, "2026-11-16 10:00", "2026-11-16 11:00", "2026-11-16 21:00", "2026-11-17 00:00"),
            (
                5, .businessDays, "2026-11-16 10:00", "2026-11-17 09:00", "2026-11-19 09:00",
                "2026-11-25 16:30"
            ),
            (
                5, .businessDays, "2026-11-16 10:00", "2026-11-17 09:00", "2026-11-17 15:00",
                "2026-11-23 16:30"
            ),
            (
                5, .businessDays, "2026-11-16 10:00", "2026-11-17 09:00", "2026-11-17 16:30",
                "2026-11-24 16:30"
            ),
            (2, .days, "2026-11-16 10:00", "2026-11-16 11:00", "2026-11-17 11:00", "2026-11-19 10:00"),
            // A pause after the due time changes nothing.
            (4, .hours, "2026-11-16 10:00", "2026-11-16 14:00", "2026-11-20 21:00", "2026-11-16 14:00"),
        ] as [(Int, SLATarget.Unit, String, String, String, String)]
    )
    func pauses(
        amount: Int,
        unit: SLATarget.Unit,
        started: String,
        paused: String,
        resumed: String,
        due: String
    ) throws {
        var (clock, office) = try clock(amount, unit, from: started)
        clock.pause(.waitingForRequester, at: try instant(paused, in: office.timeZone))
        clock.resume(at: try instant(resumed, in: office.timeZone))
        let found = clock.due(in: office, asOf: .distantFuture)
        #expect(found == (try instant(due, in: office.timeZone)), "\(found)")
    }

    @Test("is breached when met late, and not when met in time or pausing")
    func breach() throws {
        var (clock, office) = try clock(4, .hours, from: "2026-11-16 10:00")
        func at(_ local: String) throws -> Date { try instant(local, in: office.timeZone) }
        #expect(!clock.isBreached(in: office, asOf: try at("2026-11-16 14:00")))
        #expect(clock.isBreached(in: office, asOf: try at("2026-11-16 14:01")))
        var pausing = clock
        pausing.pause(.season, at: try at("2026-11-16 13:00"))
        pausing.pause(.beforeCourt, at: try at("2026-11-16 13:30"))
        #expect(pausing.pauses.count == 1)
        #expect(!pausing.isBreached(in: office, asOf: try at("2027-03-01 10:00")))
        clock.meet(at: try at("2026-11-16 13:59"))
        clock.meet(at: try at("2026-11-16 18:00"))
        #expect(!clock.isBreached(in: office, asOf: .distantFuture))
    }
}
