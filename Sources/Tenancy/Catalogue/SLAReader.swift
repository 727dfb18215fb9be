import Domain

/// Reads what is promised: `{ review_within_business_days: 1, complete_within_hours: 4, promise: safe }`.
struct SLAReader {
    /// Reads the keys of one promise; nil, with faults, when it cannot be one.
    func read(_ map: YamlMapping) -> ServiceSLA? {
        let before = map.faults.count
        let review = TargetReader.target("review_within_", in: map)
        let complete = TargetReader.target("complete_within_", in: map)
        let promise = map.requiredChoice("promise", as: ServiceSLA.Promise.self, called: "promise")
        let byRoadClass = map.flag("complete_by_road_class", default: false)
        let pause = map.flag("seasonal_pause", default: false)
        if byRoadClass, complete != nil {
            map.fault(
                "complete_by_road_class",
                "\"complete_by_road_class\" and a complete_within_ key exclude each other; keep one"
            )
        }
        map.finish()
        guard let promise, map.faults.count == before else { return nil }
        return ServiceSLA(
            review: review,
            complete: complete,
            promise: promise,
            completeByRoadClass: byRoadClass,
            seasonalPause: pause
        )
    }
}
