// The map of a place: one pin, put by pressing, by keyboard or by position; it only fills in the two coordinate fields.
(function () {
    "use strict";

    const latitude = document.getElementById("lat");
    const longitude = document.getElementById("lon");
    if (!latitude || !longitude) { return; }
    const polite = document.getElementById("polite");
    const french = document.documentElement.lang.startsWith("fr");
    const box = document.getElementById("map");
    let map = null;
    let pin = null;

    function number(text) { return Number(text.trim().replace(",", ".")); }
    function shown(value) { return french ? value.toFixed(6).replace(".", ",") : value.toFixed(6); }
    function say(text) { if (polite) { polite.textContent = text; } }

    function place(lat, lon, zoom) {
        latitude.value = shown(lat);
        longitude.value = shown(lon);
        if (map) {
            mark([lat, lon]);
            if (zoom) { map.setView([lat, lon], zoom, { animate: false }); }
            say(box.dataset.placed.replace("{lat}", latitude.value).replace("{lon}", longitude.value));
        }
        document.dispatchEvent(new CustomEvent("hub:placed", { detail: { lat: lat, lon: lon } }));
    }

    // The device's position, only after the button was pressed.
    const button = document.getElementById("position");
    const state = document.getElementById("position-state");
    if (button && navigator.geolocation && window.isSecureContext) {
        button.parentElement.hidden = false;
        button.addEventListener("click", function () {
            state.textContent = state.dataset.wait;
            navigator.geolocation.getCurrentPosition(
                function (found) {
                    const metres = Math.round(found.coords.accuracy);
                    place(found.coords.latitude, found.coords.longitude, 16);
                    state.textContent = metres > 50 ? state.dataset.rough.replace("{n}", String(metres)) : state.dataset.found;
                },
                function (fault) {
                    state.textContent = fault.code === fault.PERMISSION_DENIED ? state.dataset.refused : state.dataset.failed;
                },
                { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 }
            );
        });
    }

    if (!box || !window.L) { return; }
    box.closest(".map-part").hidden = false;
    const still = document.getElementById("still");
    if (still) { still.classList.add("replaced"); }
    const touch = window.matchMedia("(pointer: coarse)").matches;
    map = L.map(box, {
        tap: false, scrollWheelZoom: false, dragging: !touch, zoomControl: false, attributionControl: false,
        fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, minZoom: 7, maxZoom: 19
    });
    L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    box.querySelectorAll(".leaflet-control-zoom a").forEach(function (link, index) {
        link.setAttribute("aria-label", index === 0 ? box.dataset.zoomIn : box.dataset.zoomOut);
    });
    // Names of areas only where there is room for them.
    map.on("zoomend", function () { box.classList.toggle("far", map.getZoom() < 10); });
    map.setView([0, 0], 2);

    function mark(point) {
        if (!pin) {
            pin = L.marker(point, {
                icon: L.divIcon({ className: "pin", iconSize: [28, 28], iconAnchor: [14, 14] }), keyboard: false, alt: box.dataset.pin
            }).addTo(map);
        } else {
            pin.setLatLng(point);
        }
    }

    map.on("click", function (event) { place(event.latlng.lat, event.latlng.lng); });
    map.on("focus", function () { map.scrollWheelZoom.enable(); });
    map.on("blur", function () { map.scrollWheelZoom.disable(); });
    box.addEventListener("keydown", function (event) {
        if (event.key === "Enter" && event.target === box) {
            event.preventDefault();
            const middle = map.getCenter();
            place(middle.lat, middle.lng);
        }
        if (event.key === "Escape") { document.getElementById("coordinates").focus(); }
    });

    const move = document.getElementById("move-map");
    if (touch) {
        move.addEventListener("click", function () {
            const on = !map.dragging.enabled();
            if (on) { map.dragging.enable(); } else { map.dragging.disable(); }
            move.setAttribute("aria-pressed", String(on));
        });
    } else {
        move.parentElement.hidden = true;
    }

    function typed() {
        const lat = number(latitude.value);
        const lon = number(longitude.value);
        return latitude.value.trim() && longitude.value.trim() && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lat, lon] : null;
    }
    function follow() {
        const point = typed();
        if (point) { mark(point); map.setView(point, Math.max(map.getZoom(), Number(box.dataset.zoom) || 15)); }
    }
    latitude.addEventListener("change", follow);
    longitude.addEventListener("change", follow);

    // The whole of the layer that is always there; without a place the map shows all of it.
    function base() {
        fetch(box.dataset.layer || "/api/v1/boundaries?layer=municipality&zoom=8")
            .then(function (answer) { return answer.ok ? answer.json() : null; })
            .then(function (layer) {
                if (!layer) { return; }
                const areas = L.geoJSON(layer, {
                    interactive: false,
                    style: { className: "boundary", weight: 2, dashArray: "6 4", fill: false }
                });
                const bounds = areas.getBounds();
                if (!box.dataset.layers) { areas.addTo(map); names(areas, map); }
                if (!typed() && bounds.isValid()) { map.fitBounds(bounds, { animate: false }); }
                sync();
            })
            .catch(function () { /* the fields below the map do the same */ });
    }

    function names(areas, target, isLine) {
        const all = [];
        areas.eachLayer(function (area) {
            const name = area.feature && area.feature.properties && area.feature.properties.name;
            if (name && area.getBounds) { all.push([name, area.getBounds().getCenter()]); }
        });
        if (all.length > 40) { return; }
        all.forEach(function (pair) {
            const label = document.createElement("span");
            label.textContent = pair[0];
            L.marker(pair[1], {
                interactive: false, keyboard: false, icon: L.divIcon({ className: "area-name" + (isLine ? " line" : ""), html: label, iconSize: null })
            }).addTo(target);
        });
    }

    // Layers that a list beside the map turns on and off; each is loaded for the window that is shown, and again when it is left.
    const drawn = new Map();

    function step(zoom) { return zoom <= 8 ? 8 : zoom <= 10 ? 10 : zoom <= 12 ? 12 : zoom <= 14 ? 14 : 17; }

    function load(input) {
        const name = input.dataset.layer;
        const detail = step(map.getZoom());
        const known = drawn.get(name);
        if (known && known.detail === detail && known.here === input.dataset.here && known.bounds.contains(map.getBounds())) { return; }
        const bounds = map.getBounds().pad(0.6);
        const mine = { detail: detail, bounds: bounds, here: input.dataset.here, group: known ? known.group : null };
        drawn.set(name, mine);
        const window4 = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map(function (degrees, index) {
            return Math.max(index % 2 ? -85 : -180, Math.min(index % 2 ? 85 : 180, degrees)).toFixed(3);
        });
        fetch(input.dataset.source + "&zoom=" + detail + "&bbox=" + window4.join(","))
            .then(function (answer) { return answer.ok ? answer.json() : null; })
            .then(function (layer) {
                if (!layer || drawn.get(name) !== mine) { return; }
                const here = input.dataset.here ? input.dataset.here.split(";") : [];
                const isLine = input.dataset.fill === "none";
                const group = L.layerGroup();
                const areas = L.geoJSON(layer, {
                    interactive: false,
                    style: function (area) {
                        // With a place only what the place belongs to is filled; without one every area.
                        const isHere = here.includes(String(area.id));
                        return {
                            className: input.dataset.style + (isHere ? " here" : ""), weight: isLine ? 2 : 1.5,
                            dashArray: isLine ? "6 4" : null, fill: !isLine && (isHere || !typed()), fillColor: input.dataset.fill, fillOpacity: 1
                        };
                    }
                }).addTo(group);
                names(areas, group, isLine);
                if (mine.group) { mine.group.remove(); }
                mine.group = group.addTo(map);
                areas.eachLayer(function (area) { if (isLine) { area.bringToFront(); } else { area.bringToBack(); } });
            })
            .catch(function () { drawn.delete(name); });
    }

    function sync() {
        document.querySelectorAll("input[data-layer]").forEach(function (input) {
            const known = drawn.get(input.dataset.layer);
            if (input.checked) { load(input); } else if (known) {
                drawn.delete(input.dataset.layer);
                if (known.group) { known.group.remove(); }
            }
        });
    }

    document.addEventListener("change", function (event) { if (event.target.dataset && event.target.dataset.layer) { sync(); } });
    document.addEventListener("hub:answered", sync);
    map.on("moveend", sync);
    follow();
    base();
})();
