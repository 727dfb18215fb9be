import Domain
import Foundation
import Hub

/// A report on its way through the steps: everything the person gave so far, in the order they liked.
///
/// It lives nowhere but in the form, sealed by ``FormSeal``: the server keeps nothing before Send, and several reports may be
/// open side by side.
struct ReportDraft: Codable, Sendable, Hashable {
    /// Most photos of one report.
    static let mostPhotos = 3

    /// Key against double submission, made with the first page.
    var id = SecretToken.make()
    /// What was typed into the first box.
    var words: String?
    /// The type that was picked.
    var service: ServiceCode?
    /// As typed, so that a slip can be shown again.
    var latitude: String?
    /// As typed.
    var longitude: String?
    /// As typed.
    var address: String?
    /// Whether the address is kept in the person's words, none of the ones offered being the right one.
    var isAddressKept: Bool?
    /// Whether the point is that of an address that was picked, and no point on the map.
    var isPointOfAddress: Bool?
    /// Whether the place was asked for and left blank where that is allowed.
    var hasNoPlace = false
    /// Answer to "which road?".
    var chosenRoad: String?
    /// Answer to "which municipality?".
    var chosenMunicipality: String?
    /// Answer to "which light?".
    var chosenAsset: String?
    /// Answer to "what kind of property?".
    var propertyType: String?
    /// Answers to the type's questions.
    var answers = Answers()
    /// The person's own words.
    var description: String?
    /// Ids of photos that are kept.
    var photos: [String] = []
    /// Whether a photo could not be kept, though it was fine.
    var hasLostPhoto = false
    /// Given name.
    var firstName: String?
    /// Family name.
    var lastName: String?
    /// For news.
    var email: String?
    /// For news.
    var phone: String?
    /// How the person wants to be told: `mail`, `sms` or `none`; nil: by mail where an address was left.
    var newsBy: String?
    /// Whether the details step was passed.
    var hasDetails = false
    /// Whether what was reported already near by was looked at, and this is another matter.
    var isDifferent: Bool?
    /// Who was shown as responsible on the check page; Send asks again when that changed meanwhile.
    var shownLead: String?

    /// The point, when both numbers are fine; a comma is taken for the point of a French number.
    var coordinate: Coordinate? {
        guard let latitude, let longitude else { return nil }
        return try? Coordinate(latitudeText: Self.decimal(latitude), longitudeText: Self.decimal(longitude))
    }

    /// Whether any place was given that can be used.
    var hasPlace: Bool { coordinate != nil || address != nil }

    /// What is known of the place, for the routing layer.
    var place: PlaceInput {
        PlaceInput(
            coordinate: coordinate,
            address: address,
            chosenRoad: chosenRoad,
            chosenMunicipality: chosenMunicipality,
            propertyType: propertyType,
            evidence: isPointOfAddress == true ? .civicAddress : nil,
            chosenAsset: chosenAsset
        )
    }

    /// Who asks; nil when nothing was given.
    var contact: Requester? {
        let contact = Requester(
            email: email,
            phone: phone,
            firstName: firstName,
            lastName: lastName,
            preferredChannel: newsBy == "sms" ? .sms : nil,
            wantsNews: newsBy == "none" ? false : nil
        )
        return contact.isEmpty ? nil : contact
    }

    /// Whether a page that shows it shows something personal: it is then kept in no cache.
    var isPersonal: Bool { description != nil || contact != nil || !photos.isEmpty }

    /// Everything typed so far that the 911 guard looks at.
    var typedText: String {
        ([words, description] + answers.values.values.flatMap(\.self)).compactMap(\.self).joined(separator: "\n")
    }

    /// Takes another place; what depended on the former one is asked again.
    mutating func setPlace(latitude: String?, longitude: String?, address: String?) {
        guard latitude != self.latitude || longitude != self.longitude || address != self.address else { return }
        self.latitude = latitude
        self.longitude = longitude
        self.address = address
        isDifferent = nil
        isAddressKept = nil
        isPointOfAddress = nil
        chosenRoad = nil
        chosenMunicipality = nil
        chosenAsset = nil
        propertyType = nil
        shownLead = nil
    }

    /// Takes another type; its questions are others, so the details are asked again.
    mutating func setService(_ code: ServiceCode) {
        guard code != service else { return }
        service = code
        hasDetails = false
        isDifferent = nil
        chosenRoad = nil
        chosenAsset = nil
        propertyType = nil
        shownLead = nil
    }

    /// `44,2` as people type it in French; other forms go on as they are and are refused with a reason.
    static func decimal(_ text: String) -> String {
        text.filter { $0 == "," }.count == 1 && !text.contains(".") ? text.replacing(",", with: ".") : text
    }
}
