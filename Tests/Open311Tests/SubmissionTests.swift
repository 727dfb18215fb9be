import Domain
import Foundation
import Open311
import Testing

@Suite("A submission")
struct SubmissionTests {
    private func parameters(_ body: String) throws -> ParameterSet {
        ParameterSet(query: [], body: try FormBody.fields(of: body.utf8))
    }

    private func submission(_ body: String) throws -> RequestSubmission {
        try RequestSubmission(parameters(body))
    }

    @Test("A7: keeps everything of the request")
    func everything() throws {
        let read = try submission(
            "lat=39.7512345&long=-89.65&address_string=1+Main+St&address_id=77&description=a%0D%0Ab&email=a%40b.c&phone=1"
                + "&first_name=F&last_name=L&deviceid=D&account_id=A&media_url=https://x.example/1.jpg&foo=bar"
                + "&media_url=data:image/png;base64,AA%3D%3D"
        )
        #expect(read.coordinate?.latitudeText == "39.7512345")
        #expect(read.coordinate?.longitudeText == "-89.65")
        #expect(read.address == "1 Main St")
        #expect(read.addressID == "77")
        #expect(read.description == "a\nb")
        #expect(
            read.requester
                == RequesterFields(
                    email: "a@b.c",
                    phone: "1",
                    firstName: "F",
                    lastName: "L",
                    deviceID: "D",
                    accountID: "A"
                )
        )
        #expect(read.mediaURLs == ["https://x.example/1.jpg", "data:image/png;base64,AA=="])
    }

    @Test(
        "E7 to E10, P11, P12: locations",
        arguments: [
            ("lat=44&long=-79", []), ("address_string=x", []), ("address_id=x", []),
            ("lat=44&long=-79&address_id=x", []),
            ("lat=90&long=180", []), ("lat=-90&long=-180", []), ("lat=+44&long=-79.0", []),
            ("", [nil]), ("lat=&long=&address_string=+", [nil]), ("description=x", [nil]),
            ("lat=44", ["long"]), ("long=-79", ["lat"]), ("lat=44&address_string=x", ["long"]),
            ("lat=44&long=", ["long"]),
            ("lat=NaN&long=0", ["lat"]), ("lat=1e400&long=0", ["lat"]), ("lat=12,5&long=0", ["lat"]),
            ("lat=0x10&long=0", ["lat"]), ("lat=90.0000001&long=0", ["lat"]), ("lat=0&long=180.1", ["long"]),
            ("lat=inf&long=-inf", ["lat", "long"]), ("lat=4.4e1&long=0", ["lat"]), ("lat=44%C2%B0&long=0", ["lat"]),
        ] as [(String, [String?])]
    )
    func locations(body: String, fields: [String?]) {
        do throws(Open311Faults) {
            _ = try RequestSubmission(ParameterSet(query: [], body: FormBody.fields(of: body.utf8)))
            #expect(fields.isEmpty)
        } catch {
            #expect(error.list.map(\.field) == fields)
            #expect(error.status == 400)
        }
    }

    @Test("P8, P9: 4000 code points are kept, one more is a 400")
    func description() throws {
        let most = String(repeating: "é🚧", count: 2000)
        let exact = ParameterSet(query: [], body: [FormField("address_id", "1"), FormField("description", most)])
        #expect(try RequestSubmission(exact).description == most)
        let over = ParameterSet(query: [], body: [FormField("address_id", "1"), FormField("description", most + "x")])
        let faults = #expect(throws: Open311Faults.self) { try RequestSubmission(over) }
        #expect(faults?.list.map(\.field) == ["description"])
        #expect(faults?.list.first?.description == "description has 4001 characters; at most 4000 are taken")
        // a line end counts once
        let lines = String(repeating: "%0D%0A", count: 3999) + "x"
        #expect(try submission("address_id=1&description=" + lines).description?.unicodeScalars.count == 4000)
    }

    @Test(
        "E14: picture addresses",
        arguments: [
            ("http://a.example/x.jpg", true), ("HTTPS://A.example/x?y=1", true), ("https://[::1]/x", true),
            ("data:image/jpeg;base64,/9j/", true), ("DATA:IMAGE/png,x", true),
            ("ftp://a.example/x", false), ("javascript:alert(1)", false), ("data:text/html,x", false),
            ("file:///etc/passwd", false), ("//a.example/x", false), ("a.jpg", false), ("https://", false),
            ("https:///x", false), ("https://a b/x", false), ("data:image/png", false), ("http://user@inside/", false),
            ("http://a\\b/", false), ("https://:80/", false),
            ("https://a/" + String(repeating: "x", count: 2048), false),
        ]
    )
    func mediaURLs(url: String, isAccepted: Bool) {
        let parameters = ParameterSet(query: [], body: [FormField("address_id", "1"), FormField("media_url", url)])
        do throws(Open311Faults) {
            #expect(try RequestSubmission(parameters).mediaURLs == [url])
            #expect(isAccepted)
        } catch {
            #expect(!isAccepted)
            #expect(error.list.map(\.field) == ["media_url"])
        }
    }

    @Test(
        "A5, A6, A7: every spelling of attributes",
        arguments: [
            ("attribute[S]=a", ["S": ["a"]]),
            ("attribute%5BS%5D=a", ["S": ["a"]]),
            ("attribute[S][]=a&attribute[S][]=b", ["S": ["a", "b"]]),
            ("attribute[S]=a&attribute[S]=b", ["S": ["a", "b"]]),
            ("attribute[S][0]=a&attribute[S][1]=b", ["S": ["a", "b"]]),
            ("attribute[S]=a&attribute%5BS%5D%5B%5D=b", ["S": ["a", "b"]]),
            ("attribute[S]=", [:]),
            ("attribute[]=a", [:]),
            ("attribute=a", [:]),
            ("attributes[S]=a", [:]),
            ("attribute[S]x=a", [:]),
            ("attribute[S][k]=a", [:]),
            ("attribute[a.b-c d]=x", ["a.b-c d": ["x"]]),
        ]
    )
    func attributes(body: String, expected: [String: [String]]) throws {
        let read = try submission("address_id=1&" + body).attributes
        #expect(Set(read.codes) == Set(expected.keys))
        for (code, values) in expected { #expect(read[code] == values) }
    }

    @Test("A10: an update is read, its state in any case")
    func update() throws {
        let read = try UpdateSubmission(
            parameters(
                "service_request_id=1042&update_id=c1&status=IN_PROGRESS&updated_datetime=2026-03-02T10:00:00Z&title=Ms"
                    + "&description=&email=a%40b.c&media_url=https://x.example/1.jpg&attribute[A]=1&service_code=S"
            )
        )
        #expect(read.serviceRequestID == "1042")
        #expect(read.updateID == "c1")
        #expect(read.status == .inProgress)
        #expect(read.updatedAt == WireDateTime.date("2026-03-02T10:00:00Z"))
        #expect(read.description.isEmpty)
        #expect(read.author.title == "Ms")
        #expect(read.attributes["A"] == ["1"])
        #expect(read.serviceCode == "S")
    }

    @Test(
        "A10: each field missing or wrong in an update is a 400 of its own",
        arguments: [
            ("", ["service_request_id", "update_id", "status", "updated_datetime"]),
            ("service_request_id=1&update_id=2&status=open", ["updated_datetime"]),
            (
                "service_request_id=1&update_id=2&status=BROKEN&updated_datetime=2026-03-02",
                ["status", "updated_datetime"]
            ),
            ("service_request_id=1&update_id=+&status=open&updated_datetime=2026-03-02T10:00:00Z", ["update_id"]),
        ]
    )
    func updateFaults(body: String, fields: [String]) {
        let faults = #expect(throws: Open311Faults.self) { try UpdateSubmission(parameters(body)) }
        #expect(faults?.list.map(\.field) == fields)
    }

    @Test("what is sent to another server reads there as what it was")
    func outgoing() throws {
        let place = try Coordinate(latitudeText: "44.123456789", longitudeText: "-79")
        let sent = RequestSubmission(
            coordinate: place,
            address: "1 Main St",
            description: "a\nb & c",
            mediaURLs: ["https://x.example/1.jpg"],
            attributes: SubmittedAttributes([("S", ["a"]), ("M", ["x", "y,z"])]),
            requester: RequesterFields(email: "a@b.c", lastName: "L")
        )
        let form = FormBody.encoded(sent.form(serviceCode: "A", jurisdictionID: "j", apiKey: "k"))
        let arrived = ParameterSet(query: [], body: try FormBody.fields(of: form))
        var expected = sent
        expected.coordinate = try Coordinate(latitudeText: "44.1234567", longitudeText: "-79")
        #expect(try RequestSubmission(arrived) == expected)
        #expect(try arrived.apiKey() == "k")
        #expect(try arrived.jurisdictionID() == "j")
        #expect(arrived.serviceCode == "A")

        let update = UpdateSubmission(
            serviceRequestID: "1",
            updateID: "2",
            status: .noFurtherAction,
            updatedAt: Date(timeIntervalSince1970: 0),
            description: "x"
        )
        let updateForm = FormBody.encoded(update.form(jurisdictionID: nil, apiKey: "k"))
        #expect(try UpdateSubmission(ParameterSet(query: [], body: FormBody.fields(of: updateForm))) == update)
    }
}
