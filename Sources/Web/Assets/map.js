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
    map.setView([44.2, -79.1], 9);

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
        if (point) { mark(point); map.setView(point, Math.max(map.getZoom(), 15)); }
    }
    latitude.addEventListener("change", follow);
    longitude.addEventListener("change", follow);
    follow();

    fetch(box.dataset.layer)
        .then(function (answer) { return answer.ok ? answer.json() : null; })
        .then(function (layer) {
            if (!layer) { return; }
            const areas = L.geoJSON(layer, {
                interactive: false,
                style: { className: "boundary", weight: 2, dashArray: "6 4", fill: false }
            }).addTo(map);
            areas.eachLayer(function (area) {
                const name = area.feature && area.feature.properties && area.feature.properties.name;
                if (name && area.getBounds) {
                    const label = document.createElement("span");
                    label.textContent = name;
                    L.marker(area.getBounds().getCenter(), {
                        interactive: false, keyboard: false, icon: L.divIcon({ className: "area-name", html: label, iconSize: null })
                    }).addTo(map);
                }
            });
            if (!typed() && areas.getBounds().isValid()) { map.fitBounds(areas.getBounds(), { animate: false }); }
        })
        .catch(function () { /* the fields below the map do the same */ });
})();
