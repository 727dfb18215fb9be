import Domain
import XML

/// Writes the shapes of the profile `geodetic-2d`.
enum GeodeticWriter {
    private static let system = XMLAttribute(XMLName("srsName"), "urn:ogc:def:crs:EPSG::4326")

    static func element(_ shape: GeodeticShape) -> XMLElement {
        switch shape {
        case .point(let place): gml("Point", [system], [position(place)])
        case .polygon(let rings): polygon(rings)
        case .circle(let centre, let radius):
            XMLElement(
                XMLName("Circle", namespace: LoSTNamespace.shapes),
                attributes: [system],
                nodes: [position(centre), metres("radius", radius)]
            )
        case .ellipse(let centre, let major, let minor, let orientation):
            XMLElement(
                XMLName("Ellipse", namespace: LoSTNamespace.shapes),
                attributes: [system],
                nodes: [
                    position(centre), metres("semiMajorAxis", major), metres("semiMinorAxis", minor),
                    degrees("orientation", orientation),
                ]
            )
        case .arcBand(let centre, let inner, let outer, let start, let opening):
            XMLElement(
                XMLName("ArcBand", namespace: LoSTNamespace.shapes),
                attributes: [system],
                nodes: [
                    position(centre), metres("innerRadius", inner), metres("outerRadius", outer),
                    degrees("startAngle", start), degrees("openingAngle", opening),
                ]
            )
        }
    }

    /// A polygon of closed rings, the outer one first, latitude first.
    static func polygon(_ rings: [[Coordinate]]) -> XMLElement {
        let sides = rings.enumerated().map { number, ring in
            XMLElement.Node.element(
                gml(number == 0 ? "exterior" : "interior", [], [.element(gml("LinearRing", [], ring.map(position)))])
            )
        }
        return gml("Polygon", [system], sides)
    }

    private static func gml(_ name: String, _ attributes: [XMLAttribute], _ nodes: [XMLElement.Node]) -> XMLElement {
        XMLElement(XMLName(name, namespace: LoSTNamespace.gml), attributes: attributes, nodes: nodes)
    }

    private static func position(_ place: Coordinate) -> XMLElement.Node {
        .element(gml("pos", [], [.text("\(place.latitudeText) \(place.longitudeText)")]))
    }

    private static func metres(_ name: String, _ value: Double) -> XMLElement.Node {
        measure(name, value, unit: "urn:ogc:def:uom:EPSG::9001")
    }

    private static func degrees(_ name: String, _ value: Double) -> XMLElement.Node {
        measure(name, value, unit: "urn:ogc:def:uom:EPSG::9102")
    }

    private static func measure(_ name: String, _ value: Double, unit: String) -> XMLElement.Node {
        .element(
            XMLElement(
                XMLName(name, namespace: LoSTNamespace.shapes),
                attributes: [XMLAttribute(XMLName("uom"), unit)],
                nodes: [.text("\(value)")]
            )
        )
    }
}
