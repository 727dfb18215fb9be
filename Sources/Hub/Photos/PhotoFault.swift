/// Why a picture was not taken; the text is fit for the person who sent it.
public enum PhotoFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// More than ``PhotoStore/largestUpload`` bytes.
    case tooLarge(bytes: Int)
    /// Not a JPEG, PNG or WebP by its first bytes, or cut short.
    case unknownFormat
    /// More pixels than will be decoded.
    case tooManyPixels(width: Int, height: Int)
    /// The decoder gave up on it within its limits of time and memory.
    case unreadable
    /// A `data:` address that is no base64 image.
    case malformedDataAddress
    /// The disk of the photos can't be written; the text of the report is kept without it.
    case storeUnavailable

    /// One sentence that says what would be right.
    public var description: String {
        switch self {
        case .tooLarge(let bytes): "the photo has \(bytes) bytes; at most \(PhotoStore.largestUpload) are taken"
        case .unknownFormat: "the photo is not a JPEG, PNG or WebP image"
        case .tooManyPixels(let width, let height):
            "the photo is \(width) × \(height) pixels; at most \(PhotoStore.mostPixels / 1_000_000) megapixels are taken"
        case .unreadable: "the photo could not be read; send it as a JPEG, PNG or WebP image"
        case .malformedDataAddress:
            "the data: address is not a base64 image of type image/jpeg, image/png or image/webp"
        case .storeUnavailable: "the photo could not be kept; the report itself is not affected"
        }
    }
}
