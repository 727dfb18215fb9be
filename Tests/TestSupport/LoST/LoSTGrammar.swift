public import Foundation

/// The grammar of LoST messages (RFC 5222), written for these tests in RELAX NG, and a judge that holds a message against it.
///
/// It says the same as the RFC's own grammar but for two things the RFC's text has and its grammar forgot: the warning
/// `locationValidationUnavailable`, and `SRSInvalid` among the errors.
public enum LoSTGrammar {
    /// What is wrong with a message; nil when it is valid.
    ///
    /// - Throws: when `xmllint` (Debian's libxml2-utils) is not there.
    public static func fault(in message: [UInt8], grammar: URL? = nil) throws -> String? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let document = folder.appending(path: "message.xml")
        let own = folder.appending(path: "lost.rng")
        try Data(message).write(to: document)
        try Data(text.utf8).write(to: own)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/xmllint")
        process.arguments = ["--nonet", "--noout", "--relaxng", (grammar ?? own).path, document.path]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? nil : String(decoding: said, as: UTF8.self)
    }

    /// Whether messages can be judged on this machine.
    public static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/xmllint") }

    /// The grammar.
    public static let text = """
        <?xml version="1.0"?>
        <grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:ietf:params:xml:ns:lost1"
            datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
          <start><choice>
            <element name="findService">
              <optional><attribute name="recursive"><data type="boolean"/></attribute></optional>
              <optional><attribute name="validateLocation"><data type="boolean"/></attribute></optional>
              <optional><attribute name="serviceBoundary"><choice><value>reference</value><value>value</value></choice></attribute></optional>
              <ref name="locations"/><ref name="asked"/>
            </element>
            <element name="listServices"><ref name="asked"/></element>
            <element name="listServicesByLocation">
              <optional><attribute name="recursive"><data type="boolean"/></attribute></optional>
              <ref name="locations"/><ref name="asked"/>
            </element>
            <element name="getServiceBoundary"><ref name="key"/><ref name="others"/></element>
            <element name="findServiceResponse">
              <oneOrMore><ref name="mapping"/></oneOrMore>
              <optional><element name="locationValidation">
                <optional><element name="valid"><ref name="names"/></element></optional>
                <optional><element name="invalid"><ref name="names"/></element></optional>
                <optional><element name="unchecked"><ref name="names"/></element></optional>
                <ref name="others"/>
              </element></optional>
              <ref name="end"/><ref name="used"/>
            </element>
            <element name="listServicesResponse"><ref name="serviceList"/><ref name="end"/></element>
            <element name="listServicesByLocationResponse">
              <ref name="serviceList"/><ref name="end"/><ref name="used"/>
            </element>
            <element name="getServiceBoundaryResponse">
              <oneOrMore><ref name="boundary"/></oneOrMore><ref name="end"/>
            </element>
            <element name="errors"><ref name="exceptions"/></element>
            <element name="redirect">
              <attribute name="target"><ref name="server"/></attribute><ref name="source"/><ref name="message"/><ref name="others"/>
            </element>
          </choice></start>
          <define name="server"><data type="token"><param name="pattern">([a-zA-Z0-9\\-]+\\.)+[a-zA-Z0-9]+</param></data></define>
          <define name="source"><attribute name="source"><ref name="server"/></attribute></define>
          <define name="key"><attribute name="key"><data type="token"/></attribute></define>
          <define name="message"><optional>
            <attribute name="message"><data type="token"/></attribute><attribute name="xml:lang"><data type="language"/></attribute>
          </optional></define>
          <define name="names"><list><zeroOrMore><data type="QName"/></zeroOrMore></list></define>
          <define name="inside">
            <oneOrMore><ref name="others"/></oneOrMore>
            <optional><attribute name="profile"><data type="NMTOKEN"/></attribute></optional>
          </define>
          <define name="locations"><oneOrMore>
            <element name="location"><attribute name="id"><data type="token"/></attribute><ref name="inside"/></element>
          </oneOrMore></define>
          <define name="service"><element name="service"><data type="anyURI"/></element></define>
          <define name="path"><element name="path"><oneOrMore>
            <element name="via"><ref name="source"/><ref name="others"/></element>
          </oneOrMore></element></define>
          <define name="asked">
            <optional><ref name="service"/></optional><optional><ref name="path"/></optional><ref name="others"/>
          </define>
          <define name="end">
            <zeroOrMore><element name="warnings"><ref name="exceptions"/></element></zeroOrMore><ref name="path"/><ref name="others"/>
          </define>
          <define name="used"><optional>
            <element name="locationUsed"><attribute name="id"><data type="token"/></attribute></element>
          </optional></define>
          <define name="serviceList">
            <element name="serviceList"><list><zeroOrMore><data type="anyURI"/></zeroOrMore></list></element>
          </define>
          <define name="boundary"><element name="serviceBoundary"><ref name="inside"/></element></define>
          <define name="mapping"><element name="mapping">
            <attribute name="expires"><choice>
              <data type="dateTime"/><value>NO-CACHE</value><value>NO-EXPIRATION</value>
            </choice></attribute>
            <attribute name="lastUpdated"><data type="dateTime"/></attribute>
            <ref name="source"/><attribute name="sourceId"><data type="token"/></attribute><ref name="message"/>
            <zeroOrMore><element name="displayName">
              <attribute name="xml:lang"><data type="language"/></attribute><data type="string"/>
            </element></zeroOrMore>
            <optional><ref name="service"/></optional>
            <optional><choice>
              <oneOrMore><ref name="boundary"/></oneOrMore>
              <element name="serviceBoundaryReference"><ref name="source"/><ref name="key"/><ref name="others"/></element>
            </choice></optional>
            <zeroOrMore><element name="uri"><data type="anyURI"/></element></zeroOrMore>
            <optional><element name="serviceNumber"><data type="token"><param name="pattern">[0-9*#]+</param></data></element></optional>
            <ref name="others"/>
          </element></define>
          <define name="plain"><ref name="message"/><ref name="others"/></define>
          <define name="exceptions">
            <ref name="source"/>
            <interleave>
              \(kinds.map { "<optional><element name=\"\($0)\"><ref name=\"plain\"/></element></optional>" }.joined())
              <optional><element name="locationProfileUnrecognized">
                <attribute name="unsupportedProfiles"><data type="NMTOKENS"/></attribute><ref name="plain"/>
              </element></optional>
            </interleave>
            <ref name="others"/>
          </define>
          <define name="others"><zeroOrMore>
            <element>
              <anyName><except><nsName ns="urn:ietf:params:xml:ns:lost1"/><nsName ns=""/></except></anyName>
              <ref name="anything"/>
            </element>
          </zeroOrMore></define>
          <define name="anything"><zeroOrMore><choice>
            <element><anyName/><ref name="anything"/></element>
            <attribute><anyName/></attribute>
            <text/>
          </choice></zeroOrMore></define>
        </grammar>
        """

    private static let kinds = [
        "badRequest", "internalError", "serviceSubstitution", "defaultMappingReturned", "forbidden", "notFound", "loop",
        "serviceNotImplemented", "serverTimeout", "serverError", "locationInvalid", "locationValidationUnavailable",
        "SRSInvalid",
    ]
}
