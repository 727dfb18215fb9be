/// What a document from outside may cost before it is refused.
///
/// Every limit ends in an ``XMLFault``; none of them is ever lifted, as the sender is a stranger.
public struct XMLLimits: Sendable, Hashable {
    /// Most bytes of the document as it came.
    public var bytes: Int

    /// Most elements inside one another; libxml2 itself ends at 256.
    public var depth: Int

    /// Most elements in the whole document.
    public var elements: Int

    /// Most attributes and namespace declarations of one element together.
    public var attributesPerElement: Int

    /// Limits for a message of our two protocols: 1 MiB, 64 levels, 50,000 elements, 64 attributes.
    public init(
        bytes: Int = 1 << 20,
        depth: Int = 64,
        elements: Int = 50_000,
        attributesPerElement: Int = 64
    ) {
        self.bytes = bytes
        self.depth = min(depth, 255)
        self.elements = elements
        self.attributesPerElement = attributesPerElement
    }
}
