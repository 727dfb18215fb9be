import Domain

extension Surroundings {
    /// A place that was given as an address only, with the address's point when it is beyond doubt and at the door.
    ///
    /// Anything less stays without a point: pages ask, other channels wait in triage. A point that was given is never changed.
    func located(_ place: PlaceInput) -> PlaceInput {
        guard place.coordinate == nil, let address = place.address,
            let found = LocateAddress(self)(address).certain
        else { return place }
        var located = place
        located.coordinate = found.coordinate
        located.evidence = .civicAddress
        return located
    }
}
