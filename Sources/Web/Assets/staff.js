// The queue by keyboard: single letters work only while the list has the focus, and can be switched off (WCAG 2.2, 2.1.4).
(function () {
    "use strict";

    const faults = document.getElementById("faults");
    if (faults) { faults.focus(); }
    const table = document.getElementById("queue");
    const isOn = document.getElementById("keys-on");
    const picked = document.getElementById("picked");
    if (!table) { return; }

    function links() { return Array.from(table.querySelectorAll("a.row-link")); }
    function boxes() { return Array.from(table.querySelectorAll(".pick input")); }

    function count() {
        if (!picked) { return; }
        const n = boxes().filter(function (box) { return box.checked; }).length;
        picked.textContent = n === 0 ? picked.dataset.none : picked.dataset.some.replace("{n}", String(n));
        boxes().forEach(function (box) { box.closest("tr").classList.toggle("picked", box.checked); });
    }

    if (isOn) {
        isOn.closest("#keys-switch").hidden = false;
        try { isOn.checked = localStorage.getItem("hub311-keys") !== "off"; } catch (fault) { /* not kept here */ }
        isOn.addEventListener("change", function () {
            try { localStorage.setItem("hub311-keys", isOn.checked ? "on" : "off"); } catch (fault) { /* not kept here */ }
        });
    }

    function move(row, by, isRange) {
        const all = links();
        const here = all.findIndex(function (link) { return link.closest("tr") === row; });
        const next = all[Math.max(0, Math.min(all.length - 1, here + by))];
        if (isRange) {
            [row, next.closest("tr")].forEach(function (each) {
                const box = each.querySelector(".pick input");
                if (box) { box.checked = true; }
            });
            count();
        }
        next.focus();
    }

    table.addEventListener("keydown", function (event) {
        if (event.ctrlKey || event.altKey || event.metaKey || (isOn && !isOn.checked)) { return; }
        const row = event.target.closest("tbody tr");
        if (!row) { return; }
        const link = row.querySelector("a.row-link");
        const parts = { s: "#steps", w: "#work", i: "#note-part", y: "#offer", n: "#offer" };
        if (event.key === "j" || event.key === "ArrowDown") { move(row, 1, event.shiftKey && event.key === "ArrowDown"); }
        else if (event.key === "k" || event.key === "ArrowUp") { move(row, -1, event.shiftKey && event.key === "ArrowUp"); }
        else if (event.key === "x") {
            const box = row.querySelector(".pick input");
            if (box) { box.checked = !box.checked; count(); }
        } else if (event.key === "/") { document.getElementById("q").focus(); }
        else if (event.key === "?") {
            const keys = document.getElementById("keys");
            keys.open = true;
            keys.querySelector("summary").focus();
        } else if (parts[event.key]) { window.location.assign(link.href + parts[event.key]); }
        else { return; }
        event.preventDefault();
    });
    table.addEventListener("change", count);
    count();
})();
