import Domain
import Foundation
import Open311
import Testing

@Suite("Messages")
struct MessageTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Long goldens in pieces; a chain of `+` takes the compiler minutes.
    private func joined(_ pieces: String...) -> String { pieces.joined() }

    private func xml(_ pieces: String...) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + pieces.joined()
    }

    @Test("A4: an errors body is a list of code and description in both formats")
    func errors() {
        let message = ErrorsMessage([
            Open311Fault(status: 400, field: "a", "attribute SURFACE is required"),
            Open311Fault(status: 400, code: 4003, "a < b"),
        ])
        #expect(
            text(message.encoded(as: .xml))
                == xml(
                    "<errors><error><code>400</code><description>attribute SURFACE is required</description></error>",
                    "<error><code>4003</code><description>a &lt; b</description></error></errors>"
                )
        )
        #expect(
            text(message.encoded(as: .json))
                == #"[{"code":400,"description":"attribute SURFACE is required"},{"code":4003,"description":"a < b"}]"#
        )
    }

    @Test("D1, D2: discovery has every field and lists both media types")
    func discovery() {
        let changed = Date(timeIntervalSince1970: 1_772_355_600)
        let message = DiscoveryMessage(
            changeset: changed,
            contact: "api@hub.example",
            keyService: "https://hub.example/keys",
            endpoints: [DiscoveryMessage.Endpoint(url: "https://hub.example/open311/v2", changeset: changed)]
        )
        #expect(
            text(message.encoded(as: .json))
                == joined(
                    #"{"changeset":"2026-03-01T09:00:00Z","contact":"api@hub.example","#,
                    #""key_service":"https://hub.example/keys","endpoints":["#,
                    #"{"specification":"http://wiki.open311.org/GeoReport_v2","url":"https://hub.example/open311/v2","#,
                    #""changeset":"2026-03-01T09:00:00Z","type":"production","formats":["text/xml","application/json"]}]}"#
                )
        )
        #expect(
            text(message.encoded(as: .xml))
                == xml(
                    "<discovery><changeset>2026-03-01T09:00:00Z</changeset><contact>api@hub.example</contact>",
                    "<key_service>https://hub.example/keys</key_service><endpoints><endpoint>",
                    "<specification>http://wiki.open311.org/GeoReport_v2</specification>",
                    "<url>https://hub.example/open311/v2</url><changeset>2026-03-01T09:00:00Z</changeset>",
                    "<type>production</type><formats><format>text/xml</format><format>application/json</format></formats>",
                    "</endpoint></endpoints></discovery>"
                )
        )
    }

    @Test("S3, S5: keywords are joined without blanks; groups follow only when there are two")
    func services() {
        let one = ServiceMessage(
            serviceCode: "001",
            serviceName: "Nid-de-poule & co",
            description: nil,
            metadata: true,
            type: .realtime,
            keywords: ["road", "nid-de-poule"],
            groups: ["Roads"]
        )
        var two = one
        two.groups = ["Roads", "Winter"]
        two.metadata = false
        two.keywords = []
        #expect(
            text(ListMessage([one, two]).encoded(as: .json))
                == joined(
                    #"[{"service_code":"001","service_name":"Nid-de-poule & co","description":null,"metadata":true,"#,
                    #""type":"realtime","keywords":"road,nid-de-poule","group":"Roads"},"#,
                    #"{"service_code":"001","service_name":"Nid-de-poule & co","description":null,"metadata":false,"#,
                    #""type":"realtime","keywords":null,"group":"Roads","groups":["Roads","Winter"]}]"#
                )
        )
        #expect(
            text(ListMessage([two]).encoded(as: .xml))
                == xml(
                    "<services><service><service_code>001</service_code>",
                    "<service_name>Nid-de-poule &amp; co</service_name><description></description>",
                    "<metadata>false</metadata><type>realtime</type><keywords></keywords><group>Roads</group>",
                    "<groups><group>Roads</group><group>Winter</group></groups></service></services>"
                )
        )
    }

    @Test("S4, S6: a definition is sent by order, with values exactly for the two list types")
    func definition() {
        let message = ServiceDefinitionMessage(
            serviceCode: "GRAFFITI",
            attributes: [
                AttributeMessage(
                    code: "HAZARDS",
                    datatype: .multivaluelist,
                    required: true,
                    order: 2,
                    description: "What else?",
                    values: [AttributeMessage.Value(key: "h1", name: "Needles")]
                ),
                AttributeMessage(
                    variable: false,
                    code: "INFO",
                    datatype: .text,
                    required: false,
                    datatypeDescription: "read",
                    order: 1,
                    description: "Take care",
                    values: [AttributeMessage.Value(key: "x", name: "never sent")]
                ),
            ]
        )
        #expect(
            text(message.encoded(as: .json))
                == joined(
                    #"{"service_code":"GRAFFITI","attributes":[{"variable":false,"code":"INFO","datatype":"text","#,
                    #""required":false,"datatype_description":"read","order":1,"description":"Take care"},"#,
                    #"{"variable":true,"code":"HAZARDS","datatype":"multivaluelist","required":true,"#,
                    #""datatype_description":null,"order":2,"description":"What else?","#,
                    #""values":[{"key":"h1","name":"Needles"}]}]}"#
                )
        )
        #expect(
            text(message.encoded(as: .xml))
                == xml(
                    "<service_definition><service_code>GRAFFITI</service_code><attributes>",
                    "<attribute><variable>false</variable><code>INFO</code><datatype>text</datatype>",
                    "<required>false</required><datatype_description>read</datatype_description><order>1</order>",
                    "<description>Take care</description></attribute>",
                    "<attribute><variable>true</variable><code>HAZARDS</code><datatype>multivaluelist</datatype>",
                    "<required>true</required><datatype_description></datatype_description><order>2</order>",
                    "<description>What else?</description><values><value><key>h1</key><name>Needles</name></value></values>",
                    "</attribute></attributes></service_definition>"
                )
        )
    }

    @Test("S7: a definition without attributes has an empty list")
    func emptyDefinition() {
        let message = ServiceDefinitionMessage(serviceCode: "A", attributes: [])
        #expect(text(message.encoded(as: .json)) == #"{"service_code":"A","attributes":[]}"#)
        #expect(
            text(message.encoded(as: .xml))
                == xml(
                    "<service_definition><service_code>A</service_code><attributes></attributes></service_definition>"
                )
        )
    }

    @Test(
        "P1, P2: a receipt holds an id, a token or neither, and notice and account always",
        arguments: [
            (.id("1042"), #"[{"service_request_id":"1042","service_notice":null,"account_id":null}]"#),
            (.token("f00d"), #"[{"token":"f00d","service_notice":null,"account_id":null}]"#),
            (.nothing, #"[{"service_notice":null,"account_id":null}]"#),
        ] as [(PostedRequestMessage.Receipt, String)]
    )
    func receipts(receipt: PostedRequestMessage.Receipt, json: String) {
        #expect(text(PostedRequestMessage(receipt).encodedAlone(as: .json)) == json)
    }

    @Test("T1: a token without an id yet says null or an empty element")
    func token() {
        let waiting = TokenMessage(serviceRequestID: nil, token: "f00d")
        #expect(text(waiting.encodedAlone(as: .json)) == #"[{"service_request_id":null,"token":"f00d"}]"#)
        #expect(
            text(waiting.encodedAlone(as: .xml))
                == xml(
                    "<service_requests><request><service_request_id></service_request_id><token>f00d</token></request>",
                    "</service_requests>"
                )
        )
    }

    @Test("P3, P4: every field of a request is there, in the order of the standard, without a value too")
    func emptyRequest() {
        let request = ServiceRequestMessage(serviceRequestID: "BB-1", status: .open)
        let names = [
            "status_notes", "service_name", "service_code", "description", "agency_responsible", "service_notice",
            "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat",
            "long", "media_url",
        ]
        let empties = names.map { "<\($0)></\($0)>" }.joined()
        let nulls = names.map { "\"\($0)\":null" }.joined(separator: ",")
        #expect(
            text(request.encodedAlone(as: .json)) == #"[{"service_request_id":"BB-1","status":"open",\#(nulls)}]"#
        )
        #expect(
            text(request.encodedAlone(as: .xml))
                == xml(
                    "<service_requests><request><service_request_id>BB-1</service_request_id><status>open</status>",
                    empties,
                    "</request></service_requests>"
                )
        )
    }

    @Test(
        "P5: coordinates are numbers and keep every decimal, without exponents",
        arguments: [
            ("44.2051234", "-79.3"), ("0.0000001", "-0.0000001"), ("40", "-179.999999999"), ("-0.5", "0"),
        ]
    )
    func coordinates(latitude: String, longitude: String) throws {
        let place = try Coordinate(latitudeText: latitude, longitudeText: longitude)
        let request = ServiceRequestMessage(serviceRequestID: "1", status: .closed, coordinate: place)
        #expect(text(request.encodedAlone(as: .json)).contains(#""lat":\#(latitude),"long":\#(longitude),"#))
        #expect(text(request.encodedAlone(as: .xml)).contains("<lat>\(latitude)</lat><long>\(longitude)</long>"))
    }

    @Test("A9: extensions are three more fields, and none of them without")
    func extensions() {
        let extensions = ServiceRequestExtensions(
            attributes: [.init(label: "Surface?", name: "SURFACE", value: "Brick", code: "brick")],
            notes: [.init(datetime: Date(timeIntervalSince1970: 0), description: "Received", type: "received")],
            status: "in_progress",
            photos: ["https://hub.example/1.jpg"]
        )
        let request = ServiceRequestMessage(serviceRequestID: "1", status: .open, extensions: extensions)
        let json = text(request.encodedAlone(as: .json))
        #expect(
            json.hasSuffix(
                joined(
                    #""media_url":null,"attributes":[{"label":"Surface?","name":"SURFACE","value":"Brick","code":"brick"}],"#,
                    #""notes":[{"datetime":"1970-01-01T00:00:00Z","description":"Received","type":"received"}],"#,
                    #""extended_attributes":{"status":"in_progress","photos":[{"media_url":"https://hub.example/1.jpg"}]}}]"#
                )
            )
        )
        #expect(
            text(request.encodedAlone(as: .xml)).hasSuffix(
                joined(
                    "<attributes><attribute><label>Surface?</label><name>SURFACE</name><value>Brick</value>",
                    "<code>brick</code></attribute></attributes><notes><note><datetime>1970-01-01T00:00:00Z</datetime>",
                    "<description>Received</description><type>received</type></note></notes>",
                    "<extended_attributes><status>in_progress</status><photos><photo>",
                    "<media_url>https://hub.example/1.jpg</media_url></photo></photos></extended_attributes>",
                    "</request></service_requests>"
                )
            )
        )
    }

    @Test("A10: an update has six fields always and its optional ones when they hold something")
    func updates() {
        var update = ServiceRequestUpdateMessage(
            updateID: "u17",
            serviceRequestID: "1042",
            status: "in_progress",
            updatedAt: Date(timeIntervalSince1970: 1_772_445_600),
            description: "Crew booked."
        )
        #expect(
            text(update.encodedAlone(as: .xml))
                == xml(
                    "<service_request_updates><request_update><update_id>u17</update_id>",
                    "<service_request_id>1042</service_request_id><status>in_progress</status>",
                    "<updated_datetime>2026-03-02T10:00:00Z</updated_datetime><description>Crew booked.</description>",
                    "<media_url></media_url></request_update></service_request_updates>"
                )
        )
        update.externalStatusCode = "77"
        update.extras = [ExtraField("crew", "3")].compactMap(\.self)
        #expect(
            text(update.encodedAlone(as: .json)).hasSuffix(
                #""description":"Crew booked.","media_url":null,"external_status_code":"77","extras":{"crew":"3"}}]"#
            )
        )
        #expect(ExtraField("no name", "x") == nil)
        #expect(ExtraField("a:b", "x") == nil)
    }

    @Test("A2: an empty list is an empty array and an empty wrapper")
    func emptyLists() {
        #expect(text(ListMessage<ServiceRequestMessage>([]).encoded(as: .json)) == "[]")
        #expect(
            text(ListMessage<ServiceRequestUpdateMessage>([]).encoded(as: .xml))
                == xml("<service_request_updates></service_request_updates>")
        )
    }

    @Test("H1: a list sent in pieces is the same as one sent whole", arguments: Format.allCases)
    func streaming(format: Format) {
        let members = (0..<300).map { number in
            ServiceRequestMessage(serviceRequestID: "\(number)", status: .open, description: "\"<é🚧>\"\n")
        }
        var stream = ListStream<ServiceRequestMessage>(format)
        var bytes: [UInt8] = []
        var most = 0
        for member in members {
            stream.append(member)
            most = max(most, stream.pendingBytes)
            if stream.pendingBytes > 1000 { bytes += stream.takeBytes() }
        }
        bytes += stream.finish()
        #expect(bytes == ListMessage(members).encoded(as: format))
        #expect(most < 3000)
    }

    @Test("H11: what XML cannot carry leaves as U+FFFD, the same in both formats")
    func illegalCharacters() {
        let message = ErrorsMessage(entries: [.init(code: 400, description: "a\u{1}\u{FFFE}b\r\n\t\"\\/é")])
        #expect(text(message.encoded(as: .xml)).contains("a\u{FFFD}\u{FFFD}b&#13;\n\t\"\\/é"))
        #expect(text(message.encoded(as: .json)).contains(#"a\#u{FFFD}\#u{FFFD}b\r\n\t\"\\/é"#))
    }

    @Test("A2: JSON is what Foundation reads, for any text")
    func foundationReads() throws {
        for text in ["", "\"\\/\u{8}\u{C}\n\r\t", "\u{2028}\u{7F}", "🚧é", "</script>"] {
            let bytes = ErrorsMessage(entries: [.init(code: 1, description: text)]).encoded(as: .json)
            let read = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
            let carried = text.unicodeScalars.map { $0.value == 8 || $0.value == 12 ? "\u{FFFD}" : $0 }
            let expected = String(String.UnicodeScalarView(carried))
            #expect(read.first?["description"] as? String == expected)
        }
    }
}
