/// The questions that go with a kind of service request.
public struct ServiceDefinitionMessage: Message, Hashable {
    /// Code of the service.
    public var serviceCode: String

    /// Questions in the order asked; none when the service's `metadata` is false.
    public var attributes: [AttributeMessage]

    /// A definition.
    public init(serviceCode: String, attributes: [AttributeMessage]) {
        self.serviceCode = serviceCode
        self.attributes = attributes
    }

    /// Writes the object `service_definition`, attributes by their `order`.
    public func write(to writer: inout MessageWriter) {
        writer.beginObject("service_definition")
        writer.field("service_code", serviceCode)
        writer.write(attributes.sorted { $0.order < $1.order })
        writer.endObject()
    }
}

/// One question of a service definition.
public struct AttributeMessage: ListMember, Hashable {
    /// Kinds of answer.
    public enum Datatype: String, Sendable, Hashable, CaseIterable {
        /// One line of text.
        case string
        /// A plain decimal number.
        case number
        /// A date and time with zone.
        case datetime
        /// Several lines of text.
        case text
        /// One key of a list.
        case singlevaluelist
        /// Any keys of a list.
        case multivaluelist

        /// Whether the answer is chosen from ``AttributeMessage/values``.
        public var isList: Bool { self == .singlevaluelist || self == .multivaluelist }
    }

    /// A choice of a list.
    public struct Value: ListMember, Hashable {
        /// What is posted.
        public var key: String

        /// What people read.
        public var name: String

        /// A choice.
        public init(key: String, name: String) {
            self.key = key
            self.name = name
        }

        /// `values/value`.
        public static let list = ListName.values

        /// Writes key and name.
        public func writeFields(to writer: inout MessageWriter) {
            writer.field("key", key)
            writer.field("name", name)
        }
    }

    /// False for text that is only shown and never posted.
    public var variable: Bool

    /// Code the answer is posted with.
    public var code: String

    /// Kind of answer.
    public var datatype: Datatype

    /// Whether a POST without an answer is refused.
    public var required: Bool

    /// How to fill it in: a hint, a unit.
    public var datatypeDescription: String?

    /// Place among the questions; positive, distinct.
    public var order: Int

    /// The question.
    public var description: String

    /// Choices; sent exactly for the two list types (rule S4).
    public var values: [Value]

    /// A question.
    public init(
        variable: Bool = true,
        code: String,
        datatype: Datatype,
        required: Bool,
        datatypeDescription: String? = nil,
        order: Int,
        description: String,
        values: [Value] = []
    ) {
        self.variable = variable
        self.code = code
        self.datatype = datatype
        self.required = required
        self.datatypeDescription = datatypeDescription
        self.order = order
        self.description = description
        self.values = values
    }

    /// `attributes/attribute`.
    public static let list = ListName.attributes

    /// Writes the fields in the order of the standard.
    public func writeFields(to writer: inout MessageWriter) {
        writer.field("variable", variable)
        writer.field("code", code)
        writer.field("datatype", datatype.rawValue)
        writer.field("required", required)
        writer.field("datatype_description", datatypeDescription)
        writer.field("order", order)
        writer.field("description", description)
        if datatype.isList { writer.write(values) }
    }
}
