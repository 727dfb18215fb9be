// Small helps for the steps of a report; every page works without them.
(function () {
    "use strict";

    const polite = document.getElementById("polite");
    let spoken = "";
    let speaking = 0;
    function say(text) {
        clearTimeout(speaking);
        speaking = setTimeout(function () {
            if (polite && text !== spoken) { polite.textContent = spoken = text; }
        }, 600);
    }

    // A form is sent once: further presses are ignored until the page is left or shown again.
    document.querySelectorAll("form[data-once]").forEach(function (form) {
        let sent = false;
        form.addEventListener("submit", function (event) {
            if (sent) { event.preventDefault(); return; }
            sent = true;
            const button = event.submitter;
            if (button && button.value === "send" && form.dataset.sending) {
                button.textContent = form.dataset.sending;
                button.setAttribute("aria-disabled", "true");
            }
        });
        window.addEventListener("pageshow", function () { sent = false; });
    });

    const faults = document.getElementById("faults");
    if (faults) { faults.focus(); }
    const question = document.querySelector("fieldset.question");
    if (question && !faults) { question.focus(); }

    const print = document.getElementById("print");
    if (print) {
        print.hidden = false;
        print.addEventListener("click", function () { window.print(); });
    }

    const copy = document.getElementById("copy");
    if (copy && navigator.clipboard) {
        copy.hidden = false;
        copy.addEventListener("click", function () {
            navigator.clipboard.writeText(document.getElementById(copy.dataset.copies).value).then(function () {
                copy.textContent = copy.dataset.done;
                say(copy.dataset.done);
            });
        });
    }

    // Characters left: shown at once, spoken after a pause.
    document.querySelectorAll("textarea[data-most]").forEach(function (area) {
        const count = document.createElement("p");
        count.className = "hint";
        area.after(count);
        function show() {
            const left = Number(area.dataset.most) - Array.from(area.value).length;
            count.hidden = left > 500;
            count.textContent = area.dataset.left.replace("{n}", String(left));
            if (left <= 500) { say(count.textContent); }
        }
        area.addEventListener("input", show);
        show();
    });

    // Suggestions while typing: a combobox with a list, as WAI-ARIA describes it.
    const form = document.querySelector("form[data-suggest]");
    const box = document.getElementById("q");
    if (!form || !box) { return; }
    const list = document.createElement("ul");
    list.id = "suggestions";
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.labels[0] ? box.labels[0].textContent : "");
    list.hidden = true;
    box.parentElement.after(list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", list.id);

    const advice = document.getElementById("advice");
    let shownAdvice = advice ? advice.textContent.trim() : "";
    let active = -1;
    let waiting = 0;
    let asked = null;

    function close() {
        list.hidden = true;
        active = -1;
        box.setAttribute("aria-expanded", "false");
        box.removeAttribute("aria-activedescendant");
    }

    function choose(code) {
        const type = document.createElement("input");
        type.type = "hidden";
        type.name = "type";
        type.value = code;
        form.append(type);
        form.submit();
    }

    function mark(index) {
        const items = list.children;
        if (active >= 0) { items[active].setAttribute("aria-selected", "false"); }
        active = (index + items.length) % items.length;
        items[active].setAttribute("aria-selected", "true");
        items[active].scrollIntoView({ block: "nearest" });
        box.setAttribute("aria-activedescendant", items[active].id);
    }

    function warn(texts) {
        if (!advice || !texts.length || texts.join("") === shownAdvice) { return; }
        shownAdvice = texts.join("");
        const panel = document.createElement("div");
        panel.className = "notice danger";
        texts.forEach(function (text) {
            const line = document.createElement("p");
            const strong = document.createElement("strong");
            strong.textContent = text;
            line.append(strong);
            panel.append(line);
        });
        advice.replaceChildren(panel);
    }

    function show(answer) {
        warn(answer.advice);
        list.replaceChildren();
        answer.types.forEach(function (type, index) {
            const item = document.createElement("li");
            item.id = "suggestion-" + index;
            item.setAttribute("role", "option");
            item.setAttribute("aria-selected", "false");
            const name = document.createElement("strong");
            name.textContent = type.name;
            const text = document.createElement("span");
            text.className = "quiet";
            text.textContent = " " + type.text;
            item.append(name, text);
            item.addEventListener("mousedown", function (event) { event.preventDefault(); });
            item.addEventListener("click", function () { choose(type.code); });
            item.dataset.code = type.code;
            list.append(item);
        });
        active = -1;
        box.removeAttribute("aria-activedescendant");
        list.hidden = answer.types.length === 0;
        box.setAttribute("aria-expanded", String(answer.types.length > 0));
        say(answer.types.map(function (type) { return type.name; }).slice(0, 3).join(", "));
    }

    box.addEventListener("input", function () {
        clearTimeout(waiting);
        if (asked) { asked.abort(); }
        const typed = box.value.trim();
        if (typed.length < 3) { close(); return; }
        waiting = setTimeout(function () {
            asked = new AbortController();
            fetch(form.dataset.suggest + "?q=" + encodeURIComponent(typed), { signal: asked.signal })
                .then(function (answer) { return answer.ok ? answer.json() : { types: [], advice: [] }; })
                .then(show)
                .catch(function () { /* the box is still an ordinary search form */ });
        }, 180);
    });

    box.addEventListener("keydown", function (event) {
        if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); return; }
        if (list.hidden || !list.children.length) { return; }
        if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
        if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? -1 : active - 1); }
        if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(list.children[active].dataset.code); }
    });
    box.addEventListener("blur", function () { setTimeout(close, 150); });
})();
