import Domain
import Testing

@Suite("States of the updates extension")
struct ExtendedStatusTests {
    @Test(
        "come in upper case, go out lower, and close what they close",
        arguments: [
            ("OPEN", Open311Status.open), ("CLOSED", .closed), ("FIXED", .closed), ("IN_PROGRESS", .open),
            ("PLANNED", .open), ("ACTION_SCHEDULED", .open), ("INVESTIGATING", .open),
            ("DUPLICATE", .closed),
            ("NOT_COUNCILS_RESPONSIBILITY", .closed), ("NO_FURTHER_ACTION", .closed),
            ("INTERNAL_REFERRAL", .open),
            ("CANCELLED", .closed), ("REOPEN", .open), ("FOR_TRIAGE", .open), ("UNCHANGED", nil),
        ] as [(String, Open311Status?)]
    )
    func mapping(wire: String, status: Open311Status?) throws {
        let read = try #require(ExtendedStatus(wire: wire))
        #expect(read.wireText == wire.lowercased())
        #expect(read.open311Status == status)
        #expect(ExtendedStatus(wire: read.wireText) == read)
        #expect(ExtendedStatus(wire: wire.replacing("_", with: " ")) == read)
    }

    @Test(
        "outside the list are unknown",
        arguments: ["", "DONE", "open ", "IN__PROGRESS", "closed\n"]
    )
    func unknown(wire: String) {
        #expect(ExtendedStatus(wire: wire) == nil)
    }
}
