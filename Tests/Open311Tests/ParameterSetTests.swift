import Open311
import Testing

@Suite("Parameters")
struct ParameterSetTests {
    private func set(_ query: String, body: String? = nil) throws -> ParameterSet {
        let fields = try FormBody.fields(ofQuery: query)
        guard let body else { return ParameterSet(query: fields) }
        return ParameterSet(query: fields, body: try FormBody.fields(of: body.utf8))
    }

    @Test("J3, E3: empty is the same as absent")
    func empty() throws {
        let parameters = try set("a=&b=+&c=x&a=y")
        #expect(parameters.text("a") == "y")
        #expect(parameters.word("b") == nil)
        #expect(parameters.values("a") == ["y"])
        #expect(try set("jurisdiction_id=").jurisdictionID() == nil)
        #expect(try set("api_key=+").apiKey() == nil)
    }

    @Test(
        "L2, L6, L8: comma lists add up, without blanks and repetitions",
        arguments: [
            ("s=a,b", ["a", "b"]), ("s=a&s=b", ["a", "b"]), ("s=a,+b+,c", ["a", "b", "c"]), ("s=,,", []),
            ("s=a,b&s=b,c", ["a", "b", "c"]), ("s=", []), ("t=a", []), ("s=a%2Cb", ["a", "b"]),
        ]
    )
    func lists(query: String, expected: [String]) throws {
        #expect(try set(query).list("s") == expected)
    }

    @Test("J5, E15: on a POST query and body both name jurisdiction and key, and nothing else")
    func merging() throws {
        #expect(try set("jurisdiction_id=a", body: "").jurisdictionID() == "a")
        #expect(try set("", body: "jurisdiction_id=a").jurisdictionID() == "a")
        #expect(try set("jurisdiction_id=a", body: "jurisdiction_id=a").jurisdictionID() == "a")
        #expect(try set("jurisdiction_id=a", body: "jurisdiction_id=").jurisdictionID() == "a")
        #expect(throws: Open311Fault.self) { try set("jurisdiction_id=a", body: "jurisdiction_id=b").jurisdictionID() }
        #expect(throws: Open311Fault.self) { try set("api_key=a", body: "api_key=b").apiKey() }
        #expect(try set("service_code=q&lat=1", body: "service_code=b").serviceCode == "b")
        #expect(try set("lat=1", body: "a=b").text("lat") == nil)
    }

    @Test(
        "P17: the key may come as a bearer token",
        arguments: [
            ("Bearer K", "", "K"), ("bearer  K ", "", "K"), ("Basic K", "", nil), ("Bearer", "", nil),
            (nil, "api_key=K", "K"),
            ("Bearer K", "api_key=K", "K"), ("Bearer K", "api_key=", "K"),
        ] as [(String?, String, String?)]
    )
    func bearer(authorization: String?, query: String, key: String?) throws {
        #expect(try set(query).apiKey(authorization: authorization) == key)
    }

    @Test("P17: two different keys are a 400")
    func twoKeys() {
        let fault = #expect(throws: Open311Fault.self) { try set("api_key=a").apiKey(authorization: "Bearer b") }
        #expect(fault?.status == 400)
        #expect(fault?.field == "api_key")
    }
}
