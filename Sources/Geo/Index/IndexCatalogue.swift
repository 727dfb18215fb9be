import Domain

/// The names of an index's layers and areas as bytes: texts, each after its length in four bytes.
enum IndexCatalogue {
    /// Layers, then for each area the layer's number, id, name, jurisdiction and days.
    static func bytes(layers: [LayerName], areas: [CoveringArea]) -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ number: Int) {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: number)) { bytes.append(contentsOf: $0) }
        }
        func append(_ text: String) {
            append(text.utf8.count)
            bytes.append(contentsOf: text.utf8)
        }
        append(layers.count)
        for layer in layers { append(layer.rawValue) }
        append(areas.count)
        var layer = 0
        for area in areas {
            while layers[layer] != area.layer { layer += 1 }
            append(layer)
            append(area.id.rawValue)
            append(area.name)
            append(area.jurisdictionID?.rawValue ?? "")
            append(area.from ?? "")
            append(area.until ?? "")
        }
        return bytes
    }

    /// The same read back; nil for bytes that are no catalogue.
    static func read(_ bytes: UnsafeRawBufferPointer) -> (layers: [LayerName], areas: [CoveringArea])? {
        var reader = Reader(bytes: bytes)
        guard let layerCount = reader.number(), layerCount <= bytes.count else { return nil }
        var layers: [LayerName] = []
        for _ in 0..<layerCount {
            guard let layer = reader.text().flatMap(LayerName.init(rawValue:)) else { return nil }
            layers.append(layer)
        }
        guard let areaCount = reader.number(), areaCount <= bytes.count else { return nil }
        var areas: [CoveringArea] = []
        areas.reserveCapacity(areaCount)
        for _ in 0..<areaCount {
            guard let layer = reader.number(), layer < layers.count, let id = reader.text(), let name = reader.text(),
                let jurisdiction = reader.text(), let from = reader.text(), let until = reader.text()
            else { return nil }
            areas.append(
                CoveringArea(
                    id: AreaID(trusted: id),
                    layer: layers[layer],
                    name: name,
                    jurisdictionID: jurisdiction.isEmpty ? nil : JurisdictionID(trusted: jurisdiction),
                    from: from.isEmpty ? nil : from,
                    until: until.isEmpty ? nil : until
                )
            )
        }
        return reader.offset == bytes.count ? (layers, areas) : nil
    }

    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        var offset = 0

        mutating func number() -> Int? {
            guard offset + 4 <= bytes.count else { return nil }
            defer { offset += 4 }
            return Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }

        mutating func text() -> String? {
            guard let count = number(), count <= bytes.count - offset else { return nil }
            defer { offset += count }
            return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
        }
    }
}
