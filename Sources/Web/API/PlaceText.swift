import Domain
import Hub

/// What boundaries and roads say of a place, as JSON.
extension JSONText {
    /// The facts as one object.
    ///
    /// - Parameter more: Further members of the same object.
    mutating func facts(_ facts: PlaceFacts, more: (inout JSONText) -> Void = { _ in }) {
        object { json in
            if let coordinate = facts.coordinate {
                json.object("coordinate") { json in
                    json.name("latitude")
                    json.raw(coordinate.latitudeText)
                    json.name("longitude")
                    json.raw(coordinate.longitudeText)
                }
            }
            json.member("address", facts.address)
            json.member("generation", facts.generation?.rawValue)
            json.array("areas", facts.areas) { $0.area($1) }
            json.verdict("municipality", facts.municipality)
            json.verdict("upper_tier", facts.upperTier)
            json.array("roads", facts.roads) { $0.road($1) }
            json.member("tolerance_metres", facts.toleranceMetres)
            if !facts.assets.isEmpty { json.array("assets", facts.assets) { $0.asset($1) } }
            more(&json)
        }
    }

    mutating func road(_ road: NearbyRoad) {
        object { json in
            json.member("id", road.id)
            json.member("name", road.name)
            json.member("owner", road.owner)
            json.member("owner_kind", road.ownerKind.rawValue)
            json.member("road_class", road.roadClass)
            json.member("speed_limit", road.speedLimit)
            json.member("metres", road.metres)
            json.member("alias", road.alias)
            if let change = road.change {
                json.object("change") { json in
                    json.member("on", change.on)
                    json.member("owner", change.owner)
                    json.member("owner_kind", change.ownerKind.rawValue)
                }
            }
            json.member("operator", road.operatorID)
            if !road.aliases.isEmpty { json.array("aliases", road.aliases) { $0.string($1.text) } }
            json.member("route", road.route)
            json.member("km", road.km)
        }
    }

    mutating func asset(_ asset: NearbyAsset) {
        object { json in
            json.member("id", asset.id)
            json.member("kind", asset.kind.rawValue)
            json.member("number", asset.number)
            json.member("name", asset.name)
            json.member("owner", asset.owner)
            json.member("operator", asset.operatorID)
            json.member("asset_class", asset.assetClass)
            json.member("component", asset.component)
            json.member("road", asset.road)
            json.member("from", asset.from)
            json.member("until", asset.until)
            json.member("metres", asset.metres)
        }
    }

    private mutating func verdict(_ key: StaticString, _ verdict: PlaceVerdict) {
        object(key) { json in
            json.member("verdict", verdict.word)
            switch verdict {
            case .inside, .contested: json.array("areas", verdict.covering) { $0.area($1) }
            case .gap, .outside:
                json.array("nearest", verdict.nearest) { json, nearest in
                    json.object { json in
                        json.name("area")
                        json.area(nearest.area)
                        json.member("metres", nearest.metres)
                    }
                }
            case .unknown: break
            }
        }
    }

    private mutating func area(_ area: CoveringArea) {
        object { json in
            json.member("id", area.id.rawValue)
            json.member("layer", area.layer.rawValue)
            json.member("name", area.name)
            json.member("jurisdiction_id", area.jurisdictionID?.rawValue)
            json.member("from", area.from)
            json.member("until", area.until)
        }
    }

    /// A body behind an area or a road.
    mutating func body(_ body: PlaceBody, of id: String) {
        object { json in
            json.member("id", id)
            json.member("kind", body.isTenant ? "tenant" : "partner")
            json.member("name", body.name.plain)
            json.member("phone", body.phone)
            json.member("url", body.url)
            json.member("hours", body.hours)
        }
    }
}
