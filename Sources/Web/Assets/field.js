// The field page on a phone: what a crew enters is kept on the phone first, with an id of its own, and sent when there is a network,
// one at a time and in order, photos after texts. The server answers an id the same however often it comes, so nothing is doubled.
// Without this script every form of the page posts by itself.
(function () {
    "use strict";

    const root = document.getElementById("field");
    if (!root || !window.indexedDB || !window.fetch) { return; }
    const bar = document.getElementById("state-bar");
    const state = document.getElementById("state");
    const waiting = document.getElementById("waiting");
    const list = document.getElementById("pending");
    const notice = document.getElementById("field-notice");
    const button = document.getElementById("send-now");
    const polite = document.getElementById("polite");
    let token = root.dataset.token;
    let isSending = false;
    let isAway = false;

    function say(text) { if (polite && text) { polite.textContent = text; } }

    function warn(text) {
        notice.textContent = text || "";
        notice.hidden = !text;
        say(text);
    }

    // What waits, in a store of the phone's own; survives a reload, a restart and a new release of this script.
    const opening = new Promise(function (done, failed) {
        const asked = indexedDB.open("hub311-field", 1);
        asked.onupgradeneeded = function () {
            asked.result.createObjectStore("actions", { keyPath: "seq", autoIncrement: true });
        };
        asked.onsuccess = function () { done(asked.result); };
        asked.onerror = function () { failed(asked.error); };
    });

    function store(mode, work) {
        return opening.then(function (database) {
            return new Promise(function (done, failed) {
                const change = database.transaction("actions", mode);
                const asked = work(change.objectStore("actions"));
                change.oncomplete = function () { done(asked && asked.result); };
                change.onerror = function () { failed(change.error); };
                change.onabort = function () { failed(change.error); };
            });
        });
    }

    function everything() { return store("readonly", function (actions) { return actions.getAll(); }); }
    function put(action) { return store("readwrite", function (actions) { return actions.put(action); }); }
    function remove(seq) { return store("readwrite", function (actions) { return actions.delete(seq); }); }

    // Only this person's actions at this address; another face or another person on the same phone has their own.
    function mine(actions) { return actions.filter(function (action) { return action.send === root.dataset.send; }); }

    function inOrder(actions) {
        return actions.sort(function (a, b) {
            return (a.kind === "photo") - (b.kind === "photo") || a.seq - b.seq;
        });
    }

    // Shown always: how many wait, since when, and how each one stands.
    function show() {
        return everything().then(function (all) {
            const actions = inOrder(mine(all));
            bar.hidden = false;
            state.textContent = navigator.onLine && !isAway ? state.dataset.online : state.dataset.offline;
            bar.classList.toggle("offline", !navigator.onLine || isAway);
            const oldest = actions.map(function (action) { return action.toldAt; }).sort()[0];
            const time = oldest ? new Date(oldest).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) : "";
            const text = actions.length === 0 ? waiting.dataset.none : actions.length === 1 ? waiting.dataset.one : waiting.dataset.some;
            waiting.textContent = text.replace("{n}", String(actions.length)).replace("{time}", time);
            button.hidden = actions.length === 0;
            list.replaceChildren.apply(list, actions.map(item));
            document.querySelectorAll(".job").forEach(function (job) {
                const kept = actions.some(function (action) { return action.order === job.dataset.order; });
                job.querySelector("[data-kept]").hidden = !kept;
                job.classList.toggle("has-kept", kept);
                const ended = actions.some(function (action) { return action.order === job.dataset.order && action.kind === "finish"; });
                job.classList.toggle("ended", ended);
            });
        });
    }

    function item(action) {
        const line = document.createElement("li");
        line.dataset.state = action.state;
        const words = document.createElement("span");
        const states = { waiting: list.dataset.waiting, sending: list.dataset.sending, needs: list.dataset.needs };
        words.textContent = action.name + " · " + list.dataset[action.kind] + " · " + states[action.state] + (action.message ? " " + action.message : "");
        line.append(words);
        if (action.state === "needs") {
            if (action.reason === "ended" && action.kind !== "note" && noteOf(action)) {
                line.append(choice(list.dataset.keep, function () { return keepNote(action); }));
            }
            line.append(choice(list.dataset.discard, function () { return remove(action.seq).then(show); }));
        }
        return line;
    }

    function choice(text, work) {
        const press = document.createElement("button");
        press.type = "button";
        press.className = "plain";
        press.textContent = text;
        press.addEventListener("click", work);
        return press;
    }

    function noteOf(action) {
        const fields = new Map(action.fields);
        return ["note", "materials"].map(function (name) { return fields.get(name); }).filter(Boolean).join(" · ");
    }

    // The office ended the order meanwhile: the crew's words are kept for the department as a note.
    function keepNote(action) {
        return put({
            id: crypto.randomUUID(), send: action.send, order: action.order, name: action.name, kind: "note", state: "waiting",
            toldAt: action.toldAt, fields: [["note", noteOf(action)]], files: []
        }).then(function () { return remove(action.seq); }).then(show).then(send);
    }

    // Keeps what a form says and leads on to the next job.
    async function keep(form) {
        const job = form.closest(".job");
        const fields = [];
        const files = [];
        for (const pair of new FormData(form).entries()) {
            if (["token", "id", "order", "kind"].includes(pair[0])) { continue; }
            if (pair[1] instanceof File) {
                if (pair[1].size > 0) { files.push({ field: pair[0], type: pair[1].type, bytes: await shrunk(pair[1]) }); }
            } else if (pair[1].trim()) {
                fields.push(pair);
            }
        }
        if (form.dataset.kind === "photo" && files.length === 0) { return; }
        const action = {
            id: crypto.randomUUID(), send: root.dataset.send, order: job.dataset.order, name: job.dataset.name, kind: form.dataset.kind,
            state: "waiting", toldAt: new Date().toISOString(), fields: fields, files: files
        };
        try {
            await put(action);
        } catch (fault) {
            warn(notice.dataset.full);
            return;
        }
        form.reset();
        const part = form.closest("details");
        if (part) { part.open = false; }
        await show();
        say(job.querySelector("[data-kept]").textContent);
        if (action.kind === "finish") {
            const next = Array.from(document.querySelectorAll(".job")).find(function (other) { return !other.classList.contains("ended"); });
            if (next) {
                const heading = next.querySelector("h2");
                heading.tabIndex = -1;
                heading.focus();
            }
        }
        send();
    }

    // A phone's photo is made smaller before it is kept; what cannot be drawn is kept as it is and judged by the server.
    async function shrunk(file) {
        try {
            const picture = await createImageBitmap(file);
            const part = Math.min(1, 2048 / Math.max(picture.width, picture.height));
            const canvas = document.createElement("canvas");
            canvas.width = Math.round(picture.width * part);
            canvas.height = Math.round(picture.height * part);
            canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
            const blob = await new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.85); });
            if (blob && blob.size < file.size) { return blob.arrayBuffer(); }
        } catch (fault) { /* not a picture this browser draws */ }
        return file.arrayBuffer();
    }

    function body(action) {
        const form = new FormData();
        form.append("id", action.id);
        form.append("order", action.order);
        form.append("kind", action.kind);
        form.append("told_at", action.toldAt);
        action.fields.forEach(function (pair) { form.append(pair[0], pair[1]); });
        action.files.forEach(function (file) { form.append(file.field, new Blob([file.bytes], { type: file.type }), "photo.jpg"); });
        return form;
    }

    function post(action) {
        return fetch(action.send, {
            method: "POST", body: body(action), credentials: "same-origin", redirect: "manual", headers: { "X-Hub-Token": token, Accept: "application/json" }
        });
    }

    // A form's token that ran out is fetched anew; an item is never lost for it.
    async function renewed() {
        const answer = await fetch(root.dataset.here, { credentials: "same-origin" });
        if (!answer.ok || answer.redirected) { return false; }
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("field");
        if (!fresh) { return false; }
        const isOther = fresh.dataset.token !== token;
        token = fresh.dataset.token;
        return isOther;
    }

    async function send() {
        if (isSending) { return; }
        isSending = true;
        let hasSent = false;
        try {
            for (;;) {
                const next = inOrder(mine(await everything())).find(function (action) { return action.state !== "needs"; });
                if (!next) { break; }
                next.state = "sending";
                await put(next);
                await show();
                let answer;
                try {
                    answer = await post(next);
                    if (answer.status === 403 && await renewed()) { answer = await post(next); }
                    isAway = false;
                } catch (fault) {
                    isAway = true;
                    next.state = "waiting";
                    await put(next);
                    break;
                }
                const isSettled = await settle(next, answer);
                if (!isSettled) { break; }
                hasSent = hasSent || isSettled === "sent";
            }
        } finally {
            isSending = false;
            await show();
        }
        if (hasSent) { refresh(); }
    }

    // "Sent" only after the server's answer; what it will never take is shown to the person.
    async function settle(action, answer) {
        if (answer.ok) {
            const told = await answer.json();
            if (told.state === "sent") {
                await remove(action.seq);
                warn("");
                say(list.dataset.sent);
                return "sent";
            }
            action.state = "needs";
            action.reason = told.reason;
            action.message = told.message;
            await put(action);
            say(list.dataset.needs);
            return "needs";
        }
        if (answer.status === 404 || answer.status === 422 || answer.status === 413 || answer.status === 400) {
            action.state = "needs";
            action.reason = "gone";
            action.message = list.dataset.gone;
            await put(action);
            return "needs";
        }
        action.state = "waiting";
        await put(action);
        if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") { warn(notice.dataset.signIn); }
        return null;
    }

    // The list as the server has it now, put in without leaving the page; not while somebody is writing in it.
    async function refresh() {
        const writing = document.activeElement && document.activeElement.closest(".job form");
        if (writing) { return; }
        try {
            const answer = await fetch(root.dataset.here, { credentials: "same-origin" });
            if (!answer.ok || answer.redirected) { return; }
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const fresh = page.getElementById("jobs");
            const old = document.getElementById("jobs");
            if (!fresh || !old || old.querySelector("details[open] :focus")) { return; }
            old.replaceWith(fresh);
            listen();
            draw();
            show();
        } catch (fault) { /* off line again: the page stays as it is */ }
    }

    function listen() {
        document.querySelectorAll("form[data-kind]").forEach(function (form) {
            form.addEventListener("submit", function (event) {
                event.preventDefault();
                keep(form);
            });
        });
    }

    // Leaving with results on the phone would lose them.
    document.querySelectorAll("form").forEach(function (form) {
        if (!form.action.endsWith("/sign-out")) { return; }
        form.addEventListener("submit", function (event) {
            event.preventDefault();
            everything().then(function (all) {
                if (mine(all).length > 0) {
                    warn(notice.dataset.stay);
                    return;
                }
                HTMLFormElement.prototype.submit.call(form);
            });
        });
    });

    // The map beside the list: the same jobs by the same numbers.
    let map = null;
    let marks = [];

    function draw() {
        const box = document.getElementById("field-map");
        if (!box || !window.L) { return; }
        const jobs = Array.from(document.querySelectorAll(".job[data-lat]"));
        box.parentElement.hidden = jobs.length === 0;
        if (jobs.length === 0) { return; }
        const places = jobs.map(function (job) { return [Number(job.dataset.lat), Number(job.dataset.lon)]; });
        if (!map) {
            map = L.map(box, {
                tap: false, scrollWheelZoom: false, dragging: !window.matchMedia("(pointer: coarse)").matches, zoomControl: false,
                attributionControl: false, fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, minZoom: 7, maxZoom: 19
            });
            L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
            L.control.scale({ imperial: false }).addTo(map);
            fetch(box.dataset.layer).then(function (answer) { return answer.ok ? answer.json() : null; }).then(function (layer) {
                if (layer) { L.geoJSON(layer, { interactive: false, style: { className: "boundary", weight: 2, dashArray: "6 4", fill: false } }).addTo(map); }
            }).catch(function () { /* the numbers are enough */ });
        }
        marks.forEach(function (mark) { mark.remove(); });
        marks = jobs.map(function (job, index) {
            const number = job.querySelector(".stop").textContent;
            const mark = L.marker(places[index], {
                keyboard: false, icon: L.divIcon({ className: "job-mark", html: number, iconSize: [32, 32], iconAnchor: [16, 16] })
            }).addTo(map);
            mark.on("click", function () {
                const heading = job.querySelector("h2");
                heading.tabIndex = -1;
                heading.focus();
            });
            return mark;
        });
        map.fitBounds(L.latLngBounds(places).pad(0.3), { maxZoom: 15, animate: false });
    }

    // A sending that the page's end cut short is sent again; its id makes that harmless.
    everything().then(function (all) {
        const cut = mine(all).filter(function (action) { return action.state === "sending"; });
        return Promise.all(cut.map(function (action) { return put(Object.assign(action, { state: "waiting" })); }));
    }).then(show).then(send);

    listen();
    draw();
    button.addEventListener("click", send);
    window.addEventListener("online", function () { isAway = false; show().then(send); });
    window.addEventListener("offline", function () { show(); say(state.dataset.offline); });
    document.addEventListener("visibilitychange", function () { if (document.visibilityState === "visible") { send(); } });
    setInterval(send, 60000);

    if (navigator.storage && navigator.storage.persist) {
        navigator.storage.persisted().then(function (isKept) { return isKept || navigator.storage.persist(); })
            .then(function (isKept) { root.dataset.persistent = String(isKept); }).catch(function () { /* the browser decides */ });
    }
    if (navigator.serviceWorker) {
        navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope }).then(function () {
            return navigator.serviceWorker.ready;
        }).then(function (registration) {
            registration.active.postMessage({ files: root.dataset.assets.split(" "), page: root.dataset.here });
        }).catch(function () { /* the page works while the network does */ });
        navigator.serviceWorker.addEventListener("message", function (event) {
            if (event.data && event.data.kept) { root.dataset.offlineReady = "true"; }
        });
    }
})();
