// Suggestions under the address box: a combobox with a list, as WAI-ARIA describes it. The page works without.
(function () {
    "use strict";

    const box = document.getElementById("address");
    if (!box || !box.dataset.suggest || !window.fetch) { return; }
    const polite = document.getElementById("polite");
    const list = document.createElement("ul");
    list.id = "address-suggestions";
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.labels[0] ? box.labels[0].textContent : "");
    list.hidden = true;
    box.after(list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("autocomplete", "off");

    let active = -1;
    let waiting = 0;
    let asked = null;

    function close() {
        list.hidden = true;
        active = -1;
        box.setAttribute("aria-expanded", "false");
        box.removeAttribute("aria-activedescendant");
    }

    function choose(text) {
        box.value = text;
        close();
        box.focus();
    }

    function mark(index) {
        const items = list.children;
        if (active >= 0) { items[active].setAttribute("aria-selected", "false"); }
        active = (index + items.length) % items.length;
        items[active].setAttribute("aria-selected", "true");
        items[active].scrollIntoView({ block: "nearest" });
        box.setAttribute("aria-activedescendant", items[active].id);
    }

    function show(found) {
        list.textContent = "";
        found.forEach(function (address, index) {
            const item = document.createElement("li");
            item.id = "address-suggestion-" + index;
            item.setAttribute("role", "option");
            item.setAttribute("aria-selected", "false");
            item.textContent = address.text;
            item.addEventListener("mousedown", function (event) {
                event.preventDefault();
                choose(address.text);
            });
            list.append(item);
        });
        active = -1;
        list.hidden = !found.length;
        box.setAttribute("aria-expanded", String(found.length > 0));
        if (polite && found.length) { polite.textContent = box.dataset.found.replace("{n}", String(found.length)); }
    }

    box.addEventListener("input", function () {
        clearTimeout(waiting);
        if (asked) { asked.abort(); }
        const typed = box.value;
        if (typed.trim().length < 3) { close(); return; }
        waiting = setTimeout(function () {
            asked = new AbortController();
            fetch(box.dataset.suggest + "?limit=7&q=" + encodeURIComponent(typed), { signal: asked.signal })
                .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
                .then(function (answer) { if (box.value === typed) { show(answer.suggestions); } })
                .catch(function () { /* The next letter asks again; the box works without. */ });
        }, 150);
    });

    box.addEventListener("keydown", function (event) {
        if (list.hidden) { return; }
        if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
        if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? -1 : active - 1); }
        if (event.key === "Escape") { event.preventDefault(); close(); }
        if (event.key === "Enter" && active >= 0) {
            event.preventDefault();
            choose(list.children[active].textContent);
        }
    });
    box.addEventListener("blur", close);
})();
