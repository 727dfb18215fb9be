import Domain
import Foundation

extension OutsideAnswer {
    /// The answer to a GET of `services`; entries without a code are left out.
    public func services() throws(Fault) -> [ServiceMessage] {
        try members(of: .services).compactMap { value in
            guard let code = value["service_code"].identifier else { return nil }
            var groups = value["groups"].items(.groups).compactMap { $0.text?.trimmed }
            if let group = value["group"].text?.trimmed, !groups.contains(group) { groups.insert(group, at: 0) }
            return ServiceMessage(
                serviceCode: code,
                serviceName: value["service_name"].text?.trimmed ?? code,
                description: value["description"].text,
                metadata: value["metadata"].isTrue,
                type: value["type"].text.flatMap { ServiceMessage.Kind(rawValue: $0.trimmed.lowercased()) }
                    ?? .realtime,
                keywords: value["keywords"].keywords,
                groups: groups
            )
        }
    }

    /// The answer to a GET of one service; the code is the one asked for when the answer has none.
    public func definition(of serviceCode: String) throws(Fault) -> ServiceDefinitionMessage {
        if let errors = ErrorsMessage(content, root: root, fallback: 0) { throw .errors(errors) }
        // some servers send an array of one
        var value = content
        if case .list(let items) = content { value = items.first ?? .null }
        if value.has("service_definition") { value = value["service_definition"] }
        guard root == "service_definition" || value.has("service_code", "attributes") else {
            throw .unexpected("a service_definition")
        }
        var order = 0
        let attributes = value["attributes"].items(.attributes).compactMap { entry -> AttributeMessage? in
            guard let code = entry["code"].identifier else { return nil }
            order += 1
            let datatype = entry["datatype"].text.flatMap {
                AttributeMessage.Datatype(rawValue: $0.trimmed.lowercased())
            }
            return AttributeMessage(
                variable: entry["variable"] == .null || entry["variable"].isTrue,
                code: code,
                datatype: datatype ?? .string,
                required: entry["required"].isTrue,
                datatypeDescription: entry["datatype_description"].text,
                order: entry["order"].text.flatMap { Int($0.trimmed) } ?? order,
                description: entry["description"].text ?? code,
                values: entry["values"].items(.values).compactMap { choice in
                    guard let key = choice["key"].identifier else { return nil }
                    return AttributeMessage.Value(key: key, name: choice["name"].text ?? key)
                }
            )
        }
        return ServiceDefinitionMessage(
            serviceCode: value["service_code"].identifier ?? serviceCode,
            attributes: attributes
        )
    }

    /// The answer to a POST of a service request.
    ///
    /// - Throws: ``Fault`` when it is no receipt: a page of HTML with status 200 shall not count as delivered.
    public func postedRequest() throws(Fault) -> PostedRequestMessage {
        let markers = ["service_request_id", "token", "service_notice", "account_id"]
        guard let value = try members(of: .requests, alone: markers).first,
            markers.contains(where: { value.has($0) })
        else { throw .unexpected("a receipt for a service request") }
        let receipt: PostedRequestMessage.Receipt =
            if let id = value["service_request_id"].identifier {
                .id(id)
            } else if let token = value["token"].identifier {
                .token(token)
            } else {
                .nothing
            }
        return PostedRequestMessage(
            receipt,
            serviceNotice: value["service_notice"].text,
            accountID: value["account_id"].identifier
        )
    }

    /// The answer to a GET of a token; its id is nil while there is none.
    public func token(_ token: String) throws(Fault) -> TokenMessage {
        let found = try members(of: .requests, alone: ["service_request_id", "token"])
        guard let value = found.first(where: { $0["token"].identifier == token }) ?? found.first else {
            return TokenMessage(serviceRequestID: nil, token: token)
        }
        return TokenMessage(serviceRequestID: value["service_request_id"].identifier, token: token)
    }

    /// The answer to a GET of service requests; entries without an id are left out.
    public func requests() throws(Fault) -> [ServiceRequestMessage] {
        try members(of: .requests, alone: ["service_request_id"]).compactMap { value in
            guard let id = value["service_request_id"].identifier else { return nil }
            let state = value["status"].text.flatMap { ExtendedStatus(wire: $0.trimmed) }
            return ServiceRequestMessage(
                serviceRequestID: id,
                status: state?.open311Status ?? .open,
                statusNotes: value["status_notes"].text,
                serviceName: value["service_name"].text,
                serviceCode: value["service_code"].identifier,
                description: value["description"].text,
                agencyResponsible: value["agency_responsible"].text,
                serviceNotice: value["service_notice"].text,
                requestedAt: value["requested_datetime"].date,
                updatedAt: value["updated_datetime"].date,
                expectedAt: value["expected_datetime"].date,
                address: value["address"].text,
                addressID: value["address_id"].identifier,
                zipcode: value["zipcode"].identifier,
                coordinate: value.coordinate,
                mediaURL: value["media_url"].text?.trimmed
            )
        }
    }

    /// The answer to a GET of updates; entries without an id of their own or of a request are left out.
    public func updates() throws(Fault) -> [ServiceRequestUpdateMessage] {
        try members(of: .updates, alone: ["update_id"]).compactMap { value in
            guard let id = value["update_id"].identifier, let request = value["service_request_id"].identifier else {
                return nil
            }
            var extras: [ExtraField] = []
            if case .object(let members) = value["extras"] {
                extras = members.compactMap { ExtraField($0.name, $0.value.text) }
            }
            return ServiceRequestUpdateMessage(
                updateID: id,
                serviceRequestID: request,
                status: value["status"].text?.trimmed.lowercased() ?? ExtendedStatus.unchanged.wireText,
                updatedAt: value["updated_datetime"].date,
                description: value["description"].text,
                mediaURL: value["media_url"].text?.trimmed,
                externalStatusCode: value["external_status_code"].identifier,
                customerReference: value["customer_reference"].identifier,
                extras: extras
            )
        }
    }

    /// The answer to a POST of an update.
    public func postedUpdate() throws(Fault) -> PostedUpdateMessage {
        let found = try members(of: .updates, alone: ["update_id"])
        guard let id = found.first?["update_id"].identifier else { throw .unexpected("a receipt for an update") }
        return PostedUpdateMessage(updateID: id)
    }
}

extension AnswerValue {
    /// Words of a comma list, or of an array of texts.
    fileprivate var keywords: [String] {
        let texts =
            if case .list(let items) = self { items.compactMap(\.text) } else { [text ?? ""] }
        return texts.flatMap { $0.split(separator: ",").map(\.trimmed) }.filter { !$0.isEmpty }
    }

    /// An instant in W3C form, or in the near misses met: a blank for `T`, an offset without colon, no zone (UTC then).
    fileprivate var date: Date? {
        guard var word = text?.trimmed, (16...40).contains(word.utf8.count) else { return nil }
        if let date = WireDateTime.date(word) { return date }
        let tenth = word.index(word.startIndex, offsetBy: 10)
        if word[tenth] == " " { word.replaceSubrange(tenth...tenth, with: "T") }
        let zone = word.suffix(5)
        if let sign = zone.first, "+-".contains(sign), zone.dropFirst().allSatisfy(\.isNumber) {
            word.insert(":", at: word.index(word.endIndex, offsetBy: -2))
        }
        return WireDateTime.date(word) ?? WireDateTime.date(word + "Z")
    }

    /// `lat` and `long` as numbers or texts; nil when either is missing or no degree.
    fileprivate var coordinate: Coordinate? {
        guard let latitude = self["lat"].text?.trimmed, let longitude = self["long"].text?.trimmed else { return nil }
        if let exact = try? Coordinate(latitudeText: latitude, longitudeText: longitude) { return exact }
        guard let first = Double(latitude), let second = Double(longitude) else { return nil }
        return try? Coordinate(latitude: first, longitude: second)
    }
}
