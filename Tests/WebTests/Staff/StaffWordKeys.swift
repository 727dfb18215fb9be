import Domain
import Storage

/// Keys of words that the pages of departments put together from closed lists.
enum StaffWordKeys {
    static var all: [String] {
        func keys(_ stem: String, _ names: [String]) -> [String] { names.map { "staff.\(stem).\($0)" } }
        return keys("queue.view", StaffQueueFilter.View.allCases.map(\.rawValue))
            + keys("priority", Priority.allCases.map(\.rawValue))
            + keys("channel", Channel.allCases.map(\.rawValue))
            + keys("step", ["review", "assign", "make-safe", "complete", "reopen", "take-back"])
            + keys("refusal", HandOver.Refusal.Code.allCases.map(\.rawValue))
            + keys("request", ["done-step", "done-offer", "done-refused", "done-note", "done-order"])
            + keys("work-state", WorkOrder.State.openNames + ["done", "cancelled"])
            + keys("happening", WorkOrder.Happening.allCases.map(\.rawValue))
            + keys("who", ["resident", "open311", "tenant", "partner", "connector", "hub"])
            + keys("obstacle", WorkOrder.Obstacle.allCases.map(\.rawValue))
            + keys("outcome", WorkOutcome.allCases.map(\.rawValue))
            + keys("cancellation", ["not_needed", "replaced", "mistake"])
            + keys("photo", WorkPhoto.Moment.allCases.map(\.rawValue))
            + keys("field.reason", ["ended", "not_possible", "faults", "photo"])
            + keys(
                "state",
                [
                    "waiting_for_place", "received", "reviewed", "planned", "work_assigned", "made_safe", "disputed",
                    "offered", "handed_over", "completed",
                ]
            )
    }
}
