import Domain

extension RequestSubmission {
    /// The fields of a POST of this request to somebody else's server.
    ///
    /// Coordinates are sent with at most seven decimals, which every server studied takes.
    public func form(serviceCode: String, jurisdictionID: String?, apiKey: String?) -> [FormField] {
        var fields = credentials(jurisdictionID, apiKey)
        fields.append(FormField("service_code", serviceCode))
        if let coordinate {
            fields.append(FormField("lat", sevenDecimals(coordinate.latitudeText)))
            fields.append(FormField("long", sevenDecimals(coordinate.longitudeText)))
        }
        for (name, text) in [("address_string", address), ("address_id", addressID), ("description", description)] {
            if let text { fields.append(FormField(name, text)) }
        }
        fields += mediaURLs.map { FormField("media_url", $0) }
        fields += requester.fields
        return fields + attributes.fields
    }
}

extension UpdateSubmission {
    /// The fields of a POST of this update to somebody else's server.
    public func form(jurisdictionID: String?, apiKey: String?) -> [FormField] {
        var fields = credentials(jurisdictionID, apiKey)
        fields.append(FormField("service_request_id", serviceRequestID))
        fields.append(FormField("update_id", updateID))
        fields.append(FormField("status", status.wireText.uppercased()))
        fields.append(FormField("updated_datetime", WireDateTime.text(updatedAt)))
        fields.append(FormField("description", description))
        if let serviceCode { fields.append(FormField("service_code", serviceCode)) }
        fields += mediaURLs.map { FormField("media_url", $0) }
        fields += author.fields
        return fields + attributes.fields
    }
}

extension SubmittedAttributes {
    /// One value as `attribute[CODE]`, several as `attribute[CODE][]` (rule A5).
    var fields: [FormField] {
        codes.flatMap { code in
            let texts = self[code]
            let name = texts.count > 1 ? "attribute[\(code)][]" : "attribute[\(code)]"
            return texts.map { FormField(name, $0) }
        }
    }
}

private func credentials(_ jurisdictionID: String?, _ apiKey: String?) -> [FormField] {
    [("api_key", apiKey), ("jurisdiction_id", jurisdictionID)].compactMap { name, text in
        text.map { FormField(name, $0) }
    }
}

private func sevenDecimals(_ text: String) -> String {
    guard let point = text.firstIndex(of: ".") else { return text }
    var cut = text[...point] + text[text.index(after: point)...].prefix(7)
    while cut.last == "0" { cut.removeLast() }
    if cut.last == "." { cut.removeLast() }
    return String(cut)
}
