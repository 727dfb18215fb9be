public import Foundation
import XML

/// The fields `extensions=true` adds to a service request.
///
/// Source: the shape of San Francisco and Boston (`attributes`, `notes`) and of FixMyStreet and Mark-a-Spot
/// (`extended_attributes`).
public struct ServiceRequestExtensions: Sendable, Hashable {
    /// One answer to a question; a question with two chosen values gives two.
    public struct Answer: ListMember, Hashable {
        /// The question.
        public var label: String?
        /// Code of the attribute.
        public var name: String
        /// What people read: name of the chosen value, or what was typed.
        public var value: String?
        /// Key of the chosen value; nil for what was typed.
        public var code: String?

        /// An answer.
        public init(label: String?, name: String, value: String?, code: String?) {
            self.label = label
            self.name = name
            self.value = value
            self.code = code
        }

        /// `attributes/attribute`.
        public static let list = ListName.attributes

        /// Writes the four fields.
        public func writeFields(to writer: inout MessageWriter) {
            writer.field("label", label)
            writer.field("name", name)
            writer.field("value", value)
            writer.field("code", code)
        }
    }

    /// One entry of the history.
    public struct Note: ListMember, Hashable {
        /// When.
        public var datetime: Date?
        /// What happened, in words for everybody.
        public var description: String?
        /// Kind of entry.
        public var type: String?

        /// An entry.
        public init(datetime: Date?, description: String?, type: String?) {
            self.datetime = datetime
            self.description = description
            self.type = type
        }

        /// `notes/note`.
        public static let list = ListName.notes

        /// Writes the three fields.
        public func writeFields(to writer: inout MessageWriter) {
            writer.field("datetime", datetime)
            writer.field("description", description)
            writer.field("type", type)
        }
    }

    /// One picture.
    private struct Photo: ListMember {
        let mediaURL: String

        static let list = ListName.photos

        func writeFields(to writer: inout MessageWriter) {
            writer.field("media_url", mediaURL)
        }
    }

    /// Answers, by question.
    public var attributes: [Answer]

    /// History, oldest first.
    public var notes: [Note]

    /// Finer state, lower case: `in_progress`.
    public var status: String

    /// Addresses of every picture, the first being `media_url`.
    public var photos: [String]

    /// What else stands in `extended_attributes`.
    public var extras: [ExtraField]

    /// The three fields.
    public init(
        attributes: [Answer],
        notes: [Note],
        status: String,
        photos: [String],
        extras: [ExtraField] = []
    ) {
        self.attributes = attributes
        self.notes = notes
        self.status = status
        self.photos = photos
        self.extras = extras
    }

    func writeFields(to writer: inout MessageWriter) {
        writer.write(attributes)
        writer.write(notes)
        writer.beginObject("extended_attributes")
        writer.field("status", status)
        writer.write(photos.map(Photo.init))
        for extra in extras { writer.field(extra.name, extra.value) }
        writer.endObject()
    }
}

/// A field whose name is not fixed by any standard, in a form both formats can carry.
public struct ExtraField: Sendable, Hashable {
    /// Name: a letter or `_`, then letters, digits, `_`, `-`, `.`; at most 64 characters.
    public let name: String

    /// Text of the field.
    public let value: String?

    /// A field; nil when the name is one XML has no element for.
    public init?(_ name: String, _ value: String?) {
        guard name.utf8.count <= 64, !name.contains(":"), XMLWriter.isName(name) else { return nil }
        self.name = name
        self.value = value
    }
}
