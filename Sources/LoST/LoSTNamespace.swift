/// XML namespaces and fixed names of the protocol and of the locations it carries.
public enum LoSTNamespace {
    /// The protocol itself (RFC 5222).
    public static let lost = "urn:ietf:params:xml:ns:lost1"
    /// Points and polygons (GML 3.1.1).
    public static let gml = "http://www.opengis.net/gml"
    /// Circles, ellipses and arc bands (GeoShape, RFC 5491).
    public static let shapes = "http://www.opengis.net/pidflo/1.0"
    /// Civic addresses (RFC 5139).
    public static let civic = "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"

    /// Prefixes our messages use.
    public static let prefixes = [gml: "gml", shapes: "gs", civic: "ca"]
}

/// Names of the two location profiles every server has (RFC 5222, section 12).
public enum LocationProfile {
    /// Points, polygons, circles, ellipses and arc bands.
    public static let geodetic = "geodetic-2d"
    /// Civic addresses.
    public static let civic = "civic"
}

/// Media type of every message, and the size beyond which none is read.
public enum LoSTMessage {
    /// The type (RFC 5222, section 17.3).
    public static let mediaType = "application/lost+xml"
    /// Most bytes of a message: 1 MiB.
    public static let largest = 1 << 20
}
