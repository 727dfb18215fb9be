import Addresses
import Domain
import LoST
import Testing

extension LoSTTests {
    @Suite("civic addresses")
    struct Civic {
        @Test(
            "C6: the municipality is found by its name, whatever its case and blanks",
            arguments: [
                "Brindle Bay", " brindle bay ", "BRINDLE BAY", "Town of Brindle Bay", "Ville de Brindle Bay",
                "brindle-bay",
            ]
        )
        func byName(city: String) async throws {
            try await LoSTCaller.run { lost async throws in
                let answer = try await lost.find(
                    LoSTCaller.civic(["country": "CA", "A1": "ON", "A3": city]),
                    "urn:service:municipal"
                )
                #expect(answer.names == ["Town of Brindle Bay"])
                guard case .findService(let found) = answer else { return }
                #expect(found.locationUsed == "c1")
            }
        }

        @Test(
            "C7: elsewhere is notFound",
            arguments: [
                LoSTCaller.civic(["country": "CA", "A1": "ON", "A3": "Springfield"]),
                LoSTCaller.civic(["country": "US", "A1": "IL", "A3": "Brindle Bay"]),
                LoSTCaller.civic(["country": "CA", "A1": "QC", "A3": "Brindle Bay"]),
                LoSTCaller.civic(["country": "CA"]), LoSTCaller.civic(["RD": "Main"]),
            ]
        )
        func elsewhere(location: String) async throws {
            try await LoSTCaller.run { lost async throws in #expect(try await lost.find(location).error == .notFound) }
        }

        @Test("a location of the civic profile without an address is locationInvalid")
        func noAddress() async throws {
            try await LoSTCaller.run { lost async throws in
                let empty = #"<location id="c" profile="civic"><x xmlns="urn:x"/></location>"#
                #expect(try await lost.find(empty).error == .locationInvalid)
            }
        }

        @Test("C1: the boundary has what every address inside has in common, and the same by key")
        func boundary() async throws {
            try await LoSTCaller.run { lost async throws in
                let address = LoSTCaller.civic([
                    "country": "CA", "A1": "ON", "A3": "Brindle Bay", "RD": "Main", "STS": "Street", "HNO": "12",
                ])
                let urn = "urn:service:municipal.park"
                let value = try await lost.find(address, urn, attributes: #"serviceBoundary="value""#)
                let part = CivicAddress([.init("country", "CA"), .init("A1", "ON"), .init("A3", "Brindle Bay")])
                let own = part.elements + [.init("RD", "Main"), .init("STS", "Street"), .init("HNO", "12")]
                // Land of others may lie anywhere in the town, so nothing wider than the address itself is claimed.
                #expect(value.mappings.first?.boundary == .value([.civic(CivicAddress(own))]))
                let key = try #require(try await lost.find(address, urn).mappings.first?.key)
                let opened = try await lost.ask(
                    #"<getServiceBoundary xmlns="urn:ietf:params:xml:ns:lost1" key="\#(key)"/>"#
                )
                guard case .serviceBoundary(let answer) = opened else {
                    Issue.record("\(opened)")
                    return
                }
                #expect(answer.boundary == [.civic(CivicAddress(own))])
            }
        }

        @Test("a region without a city gives a mapping for each of its municipalities, each for its own city")
        func wholeRegion() async throws {
            try await LoSTCaller.run { lost async throws in
                let answer = try await lost.find(
                    LoSTCaller.civic(["country": "CA", "A2": "Maplewater"]),
                    "urn:service:municipal.park",
                    attributes: #"serviceBoundary="value""#
                )
                #expect(answer.mappings.count == 5)
                #expect(Set(answer.mappings.map(\.sourceID)).count == 5)
                #expect(Set(answer.mappings.map { "\($0.boundary as Any)" }).count == 5)
            }
        }

        @Test("a municipality that is no member is its own server's")
        func stranger() async throws {
            try await LoSTCaller.run { lost async throws in
                let answer = try await lost.find(LoSTCaller.civic(["A3": "Greyhaven"]))
                guard case .redirect(let redirect) = answer else {
                    Issue.record("\(answer)")
                    return
                }
                #expect(redirect.target.rawValue == "lost.greyhaven.example")
            }
        }

        @Test("C2 to C4: validation is only for who asks for it, and not for points")
        func validation() async throws {
            try await LoSTCaller.run { lost async throws in
                let address = LoSTCaller.civic(["country": "CA", "A3": "Brindle Bay", "RD": "Main", "HNO": "12"])
                let unasked = try await lost.find(address, "urn:service:municipal.park")
                guard case .findService(let found) = unasked else { return }
                #expect(found.validation == nil && found.warnings.isEmpty)
                let point = try await lost.find(44.1030, -79.1725, attributes: #"validateLocation="true""#)
                guard case .findService(let geodetic) = point else { return }
                #expect(geodetic.validation == nil && geodetic.warnings.isEmpty)
                let asked = try await lost.find(
                    address,
                    "urn:service:municipal.park",
                    attributes: #"validateLocation="1""#
                )
                #expect(asked.warnings == [.locationValidationUnavailable], "no register is loaded")
            }
        }

        @Test(
            "with a register each element is valid, invalid or unchecked, and none in two lists (C2, C3)",
            arguments: [
                // address, valid, invalid, unchecked
                (
                    LoSTCaller.civic(["country": "CA", "A3": "Brindle Bay", "RD": "King", "STS": "Street", "HNO": "12"]
                    ),
                    ["country", "A3", "RD", "STS", "HNO"], [], []
                ),
                (
                    LoSTCaller.civic([
                        "country": "CA", "A3": "Brindle Bay", "A6": "King", "STS": "Street", "HNO": "12", "FLR": "2",
                    ]),
                    ["country", "A3", "A6", "STS", "HNO"], [], ["FLR"]
                ),
                (
                    LoSTCaller.civic(["A3": "Brindle Bay", "RD": "King", "STS": "Street", "HNO": "9876"]),
                    ["A3", "RD", "STS"], ["HNO"], []
                ),
                (LoSTCaller.civic(["A3": "Brindle Bay", "RD": "Xyzzyq", "HNO": "12"]), ["A3"], ["RD"], ["HNO"]),
                (LoSTCaller.civic(["A2": "Nowhere", "A3": "Brindle Bay"]), ["A3"], ["A2"], []),
            ]
        )
        func lists(location: String, valid: [String], invalid: [String], unchecked: [String]) async throws {
            try await LoSTCaller.run(addresses: Self.register) { lost async throws in
                let answer = try await lost.find(
                    location,
                    "urn:service:municipal.park",
                    attributes: #"validateLocation="true""#
                )
                guard case .findService(let found) = answer else {
                    Issue.record("\(answer)")
                    return
                }
                #expect(Set(found.validation?.valid ?? []) == Set(valid))
                #expect(Set(found.validation?.invalid ?? []) == Set(invalid))
                #expect(Set(found.validation?.unchecked ?? []) == Set(unchecked))
                #expect(found.warnings.isEmpty)
            }
        }

        @Test("an address known to the door has the lead of its road, as its point has")
        func toTheDoor() async throws {
            try await LoSTCaller.run(addresses: Self.register) { lost async throws in
                let town = LoSTCaller.civic(["A3": "Brindle Bay", "RD": "King", "STS": "Street", "HNO": "12"])
                #expect(try await lost.find(town).names == ["Town of Brindle Bay"])
                let region = LoSTCaller.civic(["A3": "Brindle Bay", "RD": "King", "STS": "Street", "HNO": "200"])
                #expect(try await lost.find(region).names == ["Regional Municipality of Maplewater"])
            }
        }

        /// Two doors of one street: one on the town's part of it, one on the region's.
        private static let register: [AddressRow] = [
            (12, "44.10002", "-79.1575"), (200, "44.10002", "-79.1615"),
        ].compactMap { number, latitude, longitude in
            guard let house = HouseNumber(number),
                let place = try? Coordinate(latitudeText: latitude, longitudeText: longitude)
            else { return nil }
            return AddressRow(
                number: house,
                street: "King Street",
                stated: "Brindle Bay",
                municipalityID: AreaID(trusted: "brindle-bay"),
                municipality: "Town of Brindle Bay",
                coordinate: place
            )
        }
    }
}
