// Lets the field page open without a network: the page as it was last shown, and the files it needs. What a crew has entered is not
// kept here but by the page itself, so a new version of this file loses nothing.
"use strict";

const PAGE = "field-page-1";
const FILES = "field-files-1";

self.addEventListener("install", function () { self.skipWaiting(); });

self.addEventListener("activate", function (event) {
    event.waitUntil(caches.keys().then(function (names) {
        const old = names.filter(function (name) { return name.startsWith("field-") && name !== PAGE && name !== FILES; });
        return Promise.all(old.map(function (name) { return caches.delete(name); }));
    }).then(function () { return self.clients.claim(); }));
});

// The page names its files; each has its content in its name, so what is no longer named is thrown away.
self.addEventListener("message", function (event) {
    const files = event.data && event.data.files;
    if (!Array.isArray(files)) { return; }
    event.waitUntil(caches.open(FILES).then(async function (cache) {
        for (const file of files) {
            if (await cache.match(file)) { continue; }
            const answer = await fetch(file);
            if (answer.ok) { await cache.put(file, answer); }
        }
        for (const kept of await cache.keys()) {
            const address = new URL(kept.url);
            if (!files.includes(address.pathname + address.search)) { await cache.delete(kept); }
        }
        if (event.data.page) {
            const answer = await fetch(event.data.page, { credentials: "same-origin" });
            if (isPage(answer, event.data.page)) { await (await caches.open(PAGE)).put(event.data.page, answer); }
        }
        if (event.source) { event.source.postMessage({ kept: true }); }
    }));
});

// A page that was redirected is the sign-in page, which must never stand in for the field page.
function isPage(answer, path) {
    return answer.ok && !answer.redirected && new URL(answer.url).pathname === path;
}

self.addEventListener("fetch", function (event) {
    const address = new URL(event.request.url);
    if (event.request.method !== "GET" || address.origin !== self.location.origin) { return; }
    const page = new URL(self.registration.scope).pathname;
    if (event.request.mode === "navigate") {
        if (address.pathname !== page) { return; }
        event.respondWith(fetch(event.request).then(function (answer) {
            if (isPage(answer, page)) {
                const copy = answer.clone();
                event.waitUntil(caches.open(PAGE).then(function (cache) { return cache.put(page, copy); }));
            }
            return answer;
        }).catch(async function () {
            return await caches.match(page) || Response.error();
        }));
        return;
    }
    if (address.pathname.startsWith("/assets/")) {
        event.respondWith(caches.match(event.request).then(function (kept) { return kept || fetch(event.request); }));
    }
});
