// "Who looks after this place?" without leaving the page: the same page is asked for the new place, and its answer put in.
(function () {
    "use strict";

    const form = document.getElementById("page-form");
    const address = document.getElementById("address");
    const placed = document.getElementById("placed");
    const polite = document.getElementById("polite");
    if (!form || !address || !window.fetch || !window.DOMParser) { return; }
    let asked = null;

    function ready() {
        const print = document.getElementById("print");
        if (print) {
            print.hidden = false;
            print.addEventListener("click", function () { window.print(); });
        }
    }

    function put(page) {
        ["answer", "still"].forEach(function (id) {
            const fresh = page.getElementById(id);
            const old = document.getElementById(id);
            if (!fresh || !old) { return; }
            if (old.classList.contains("replaced")) { fresh.classList.add("replaced"); }
            old.replaceWith(fresh);
        });
        const language = page.querySelector(".bar a.language");
        const shown = document.querySelector(".bar a.language");
        if (language && shown) { shown.href = language.href; }
        const faults = document.getElementById("faults");
        if (faults) { faults.remove(); }
        document.title = page.title;
        ready();
        const spoken = document.getElementById("spoken");
        if (polite && spoken) { polite.textContent = spoken.textContent; }
        document.dispatchEvent(new CustomEvent("hub:answered"));
    }

    function ask(query, isNew) {
        if (asked) { asked.abort(); }
        asked = new AbortController();
        const target = form.getAttribute("action") + (query ? "?" + query : "");
        fetch(target, { signal: asked.signal, headers: { Accept: "text/html" } })
            .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
            .then(function (text) {
                put(new DOMParser().parseFromString(text, "text/html"));
                if (isNew) { window.history.pushState({ hub: true }, "", target); }
            })
            .catch(function (fault) {
                // Whatever went wrong, the form itself still works.
                if (!fault || fault.name !== "AbortError") { form.submit(); }
            });
    }

    document.addEventListener("hub:placed", function (event) {
        address.value = "";
        if (placed) { placed.value = ""; }
        const fields = new URLSearchParams(new FormData(form));
        ["road", "asset", "municipality", "property", "address", "placed"].forEach(function (name) { fields.delete(name); });
        fields.set("lat", event.detail.lat.toFixed(6));
        fields.set("long", event.detail.lon.toFixed(6));
        ask(fields.toString(), true);
    });
    window.addEventListener("popstate", function () { window.location.reload(); });

    const faults = document.getElementById("faults");
    if (faults) { faults.focus(); }
    ready();

    // Addresses while typing: a native list, so that keyboard and screen reader work as the device has it.
    if (!address.dataset.suggest) { return; }
    const list = document.createElement("datalist");
    list.id = "addresses";
    form.append(list);
    address.setAttribute("list", list.id);
    let waiting = 0;
    address.addEventListener("input", function () {
        clearTimeout(waiting);
        const typed = address.value.trim();
        if (typed.length < 3) { return; }
        waiting = setTimeout(function () {
            fetch(address.dataset.suggest + "?limit=7&q=" + encodeURIComponent(typed))
                .then(function (answer) { return answer.ok ? answer.json() : null; })
                .then(function (answer) {
                    const found = answer && (answer.suggestions || answer.candidates || answer.addresses);
                    if (!Array.isArray(found) || address.value.trim() !== typed) { return; }
                    list.replaceChildren.apply(list, found.map(function (item) {
                        const option = document.createElement("option");
                        option.value = item.text;
                        return option;
                    }));
                })
                .catch(function () { /* the form still works */ });
        }, 180);
    });
})();
