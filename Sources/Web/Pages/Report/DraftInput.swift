import Domain
import Foundation
import Hub

/// Takes what a step's form sent into the draft, and says what is wrong with it in the words of the page.
struct DraftInput: Sendable {
    let words: Words
    let photos: PhotoStore

    /// Longest text of any single field that the draft carries along, in code points: more is refused by its field.
    private static let longestField = 4000

    /// Fills `draft` with the fields of one step; what is judged depends on the step's own answers only.
    func take(_ form: PageForm, from step: ReportStep, into draft: inout ReportDraft, site: Site, now: Date) async
        -> [PageFault]
    {
        switch step {
        case .what: return takeWhat(form, into: &draft, site: site, now: now)
        case .where: return takeWhere(form, into: &draft)
        case .details: return await takeDetails(form, into: &draft, site: site, now: now)
        case .already, .check, .sent: return []
        }
    }

    private func takeWhat(_ form: PageForm, into draft: inout ReportDraft, site: Site, now: Date) -> [PageFault] {
        if form.has("q") { draft.words = form["q"].map { String($0.prefix(500)) } }
        guard let type = form["type"] else { return [] }
        guard let code = try? ServiceCode(type), site.tenant.service(code, at: now) != nil else {
            return [PageFault(field: "q", text: words("fault.type"))]
        }
        draft.setService(code)
        // A sentence typed first is the beginning of the description, not to be typed again.
        if draft.description == nil, let typed = draft.words, typed.split(separator: " ").count > 3 {
            draft.description = typed
        }
        return []
    }

    private func takeWhere(_ form: PageForm, into draft: inout ReportDraft) -> [PageFault] {
        let (latitude, longitude) = (
            form["lat"].map { String($0.prefix(60)) }, form["lon"].map { String($0.prefix(60)) }
        )
        let address = form["address"].map { String($0.prefix(600)) }
        let isSameAddress = address == draft.address
        draft.setPlace(latitude: latitude, longitude: longitude, address: address)
        // A choice belongs to the address it was offered for.
        if isSameAddress, latitude == nil, longitude == nil, let pick = form["pick"] {
            draft.take(AddressPick(pick))
            guard draft.coordinate == nil else { return [] }
        }
        draft.hasNoPlace = false
        if let road = form["road"] { draft.chosenRoad = String(road.prefix(200)) }
        if let asset = form["asset"] { draft.chosenAsset = String(asset.prefix(100)) }
        if let municipality = form["municipality"] { draft.chosenMunicipality = String(municipality.prefix(200)) }
        if let property = form["property"] { draft.propertyType = String(property.prefix(100)) }
        var faults: [PageFault] = []
        if let address = draft.address, address.unicodeScalars.count > IntakeCheck.longestText {
            faults.append(PageFault(field: "address", text: tooLong(IntakeCheck.longestText)))
        }
        guard latitude != nil || longitude != nil else {
            return draft.address == nil ? [PageFault(field: "address", text: words("fault.place"))] : faults
        }
        faults += coordinateFaults(latitude, longitude)
        return faults
    }

    private func coordinateFaults(_ latitude: String?, _ longitude: String?) -> [PageFault] {
        guard let latitude else { return [PageFault(field: "lat", text: words("fault.latitude"))] }
        guard let longitude else { return [PageFault(field: "lon", text: words("fault.longitude"))] }
        do {
            _ = try Coordinate(
                latitudeText: ReportDraft.decimal(latitude),
                longitudeText: ReportDraft.decimal(longitude)
            )
            return []
        } catch {
            return switch error.axis {
            case .latitude: [PageFault(field: "lat", text: words("fault.latitude"))]
            case .longitude: [PageFault(field: "lon", text: words("fault.longitude"))]
            }
        }
    }

    private func takeDetails(_ form: PageForm, into draft: inout ReportDraft, site: Site, now: Date) async
        -> [PageFault]
    {
        guard let service = draft.service.flatMap({ site.tenant.service($0, at: now) }) else { return [] }
        for question in service.questions where form.has("a.\(question.code)") || form.has("shown.\(question.code)") {
            draft.answers[question.code] = answer(to: question, in: form, zone: site.tenant.calendar.timeZone)
        }
        draft.description = form["description"].map { String($0.prefix(Self.longestField * 2)) }
        draft.firstName = short(form["first_name"])
        draft.lastName = short(form["last_name"])
        draft.email = short(form["email"])
        draft.phone = short(form["phone"])
        draft.newsBy = ["mail", "sms", "none"].first { $0 == form["news_by"] }
        return await keepPhotos(form.files.filter { $0.field == "photos" }, into: &draft)
    }

    private func short(_ text: String?) -> String? { text.map { String($0.prefix(IntakeCheck.longestText + 1)) } }

    /// The answer as the one check of every channel reads it.
    private func answer(to question: Question, in form: PageForm, zone: TimeZone) -> [String] {
        let given = form.all("a.\(question.code)").map { String($0.prefix(Self.longestField + 1)) }
        switch question.kind {
        case .number:
            return given.map { ReportDraft.decimal($0.filter { !$0.isWhitespace }) }
        case .datetime:
            guard let day = given.first, let time = form["a.\(question.code).time"] else { return given }
            return [Self.instant(day: day, time: time, zone: zone) ?? "\(day) \(time)"]
        default:
            return given
        }
    }

    /// A day and a time of the tenant's zone as the wire spells them: `2026-04-01T14:30:00-04:00`.
    private static func instant(day: String, time: String, zone: TimeZone) -> String? {
        let pieces = time.split(separator: ":")
        guard let calendarDay = try? CalendarDay(day), pieces.count >= 2, let hour = Int(pieces[0]),
            let minute = Int(pieces[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        let instant = LocalTime(calendarDay, seconds: Double(hour * 3600 + minute * 60)).instant(in: zone)
        let offset = zone.secondsFromGMT(for: instant) / 60
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let sign = offset < 0 ? "-" : "+"
        return "\(calendarDay)T\(two(hour)):\(two(minute)):00\(sign)\(two(abs(offset) / 60)):\(two(abs(offset) % 60))"
    }

    /// Keeps photos; what could not be kept never costs the person the rest.
    private func keepPhotos(_ files: [PageForm.File], into draft: inout ReportDraft) async -> [PageFault] {
        var faults: [PageFault] = []
        for file in files {
            guard draft.photos.count < ReportDraft.mostPhotos else {
                faults.append(PageFault(field: "photos", text: words("fault.photo.many")))
                break
            }
            do {
                let photo = try await photos.keep(file.data)
                draft.hasLostPhoto = false
                if !draft.photos.contains(photo.id) { draft.photos.append(photo.id) }
            } catch .storeUnavailable {
                draft.hasLostPhoto = true
            } catch {
                faults.append(PageFault(field: "photos", text: words("fault.photo.\(Self.key(of: error))")))
            }
        }
        return faults
    }

    private static func key(of fault: PhotoFault) -> String {
        switch fault {
        case .tooLarge: "large"
        case .tooManyPixels: "pixels"
        default: "format"
        }
    }

    private func tooLong(_ most: Int) -> String { words("fault.long", ["n": String(most)]) }
}
