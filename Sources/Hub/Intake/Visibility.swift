import Domain

extension ServiceVisibility {
    /// The more careful of two: a confidential matter stays confidential under whatever type a body knows it by.
    func stricter(than other: ServiceVisibility) -> ServiceVisibility {
        let order: [ServiceVisibility] = [.public, .requester, .confidential]
        return (order.firstIndex(of: self) ?? 0) >= (order.firstIndex(of: other) ?? 0) ? self : other
    }
}
