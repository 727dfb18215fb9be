"""A department's day: sign in, the queue by keyboard, steps, a work order; then its crew with a phone that is off line, and back.

What the phone kept is sent once, in order, also when the server's answer was lost on the way. axe finds nothing on any page, at 360
and 1280 pixels, in both languages. PICTURES=<folder> keeps screenshots.
"""

import base64
import hashlib
import hmac
import os
import struct
import sys
import time
import urllib.parse
import zlib

from playwright.sync_api import sync_playwright

from hub import Hub
from map import clean as clean_or_stop, context, expect, until

PASSWORD = "tulip gravel oboe kayak"
PLACES = [("44.1016", "-79.18", "Main Street at Queen Street"), ("44.1030", "-79.1800", "14 Main Street"), ("44.0990", "-79.1760", "3 Harbour Lane")]


UNCLEAN = []


def clean(page, what):
    """Remembers what is not clean and goes on, so that one run shows it all."""
    try:
        clean_or_stop(page, what)
    except AssertionError:
        UNCLEAN.append(what)


def picture(page, name):
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=os.path.join(folder, f"staff-{name}.png"), full_page=True)


def code(key):
    """The six digits of RFC 6238 for a key as the page shows it."""
    letters = "".join(key.split()).upper()
    secret = base64.b32decode(letters + "=" * (-len(letters) % 8))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


def sign_in(hub, page, name, role, display, language="en"):
    """Invites a person of the town and goes the whole way of the link: password, second factor, codes."""
    told = hub.run("user", "invite", name, "--display", display, "--language", language, "--jurisdiction", "brindle-bay", "--role", role)
    page.goto(hub.base + urllib.parse.urlparse(told.stdout.strip().splitlines()[-1]).path)
    page.fill("#password", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_selector("#time-key")
    page.fill("#code", code(page.inner_text("#time-key")))
    page.locator("main button[type=submit]").click()
    page.wait_for_selector("a.button")
    page.locator("main a.button").click()
    page.wait_for_load_state()
    expect(f"{display} is signed in", "/staff" in page.url and "sign-in" not in page.url)


def report(hub):
    for lat, long, address in PLACES:
        answer = hub.post("/open311/v2/requests.json", {
            "api_key": hub.key, "jurisdiction_id": "brindle-bay", "service_code": "RD-POTH", "lat": lat, "long": long,
            "address_string": address, "description": f"A deep hole at {address}", "attribute[SPOT]": "lane",
        })
        expect(f"a pothole at {address} is reported", answer.status in (200, 201))


def photo():
    """A small PNG, made here: red and grey, 64 by 48."""
    row = b"\0" + b"\xb0\x20\x20" * 32 + b"\x80\x80\x80" * 32
    def part(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    header = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(row * 48)) + part(b"IEND", b"")


def desk(hub, page):
    """The crew, the queue by keyboard, steps and a work order."""
    root = f"{hub.base}/en/staff"
    page.goto(f"{root}/crews")
    page.fill("#new-code", "roads-north")
    page.fill("#new-en", "Roads north")
    page.fill("#new-fr", "Routes nord")
    page.select_option("#new-department", "public-works")
    for box in page.locator("section:last-of-type input[name=member]").all():
        box.check()
    page.locator("section:last-of-type button[type=submit]").click()
    expect("the crew is saved", "The crew is saved." in page.inner_text("main"))
    page.goto(f"{root}/queue")
    expect("the three potholes are in the queue", page.locator("#queue tbody tr").count() == len(PLACES))
    page.locator("a.row-link").first.focus()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect("two are picked by keyboard", page.locator("#queue .pick input:checked").count() == 2)
    expect("and counted", "2 selected" in page.inner_text("#picked"))
    page.locator("#bulk summary").click()
    picture(page, "queue-bulk")
    page.locator("button[value=review]").click()
    page.wait_for_load_state()
    expect("both are reviewed at once", "2 done, 0 not done" in page.inner_text("h1"))
    references = []
    for place in range(len(PLACES)):
        page.goto(f"{root}/queue")
        page.locator("a.row-link").nth(place).click()
        page.wait_for_load_state()
        reference = page.url.rstrip("/").split("/")[-1]
        references.append(reference)
        page.fill("#task", f"Fill the hole and sweep, {place + 1}")
        page.select_option("#crew", "roads-north")
        page.fill("#day", page.get_attribute("#day", "min"))
        page.locator("#work button[type=submit]").click()
        page.wait_for_load_state()
        expect(f"a work order for {reference}", "The work order is made." in page.inner_text("main"))
        expect("work is assigned: who and when is known", "Work assigned" in page.inner_text(".tags"))
    page.fill("#note", "The yard has cold mix until noon.")
    page.locator("#note-part button[type=submit]").click()
    page.wait_for_load_state()
    expect("the note is in the history, for staff only", "Staff only" in page.inner_text(".timeline"))
    expect("the desk's browser complains about nothing", page.complaints == [])
    return references


def waiting(page):
    return page.inner_text("#waiting")


def off_line(hub, window, page):
    """Everything of a job is entered without a network, kept through a reload, and sent once."""
    page.goto(f"{hub.base}/en/staff/field")
    expect("three jobs are there", page.locator(".job").count() == len(PLACES))
    until(page, "document.getElementById('field').dataset.offlineReady === 'true'")
    picture(page, "field-phone")
    window.set_offline(True)
    page.reload()
    expect("the page opens without a network", page.locator(".job").count() == len(PLACES))
    until(page, "document.getElementById('state').textContent.length > 0")
    expect("and says so", "off line" in page.inner_text("#state"))
    job = page.locator(".job").first
    reference = job.locator("p.figures").inner_text()
    job.locator("form[data-kind=start] button").click()
    until(page, "document.getElementById('waiting').textContent.startsWith('1 ')")
    job.locator("summary", has_text="Photo").click()
    job.locator("input[type=file]").set_input_files({"name": "before.png", "mimeType": "image/png", "buffer": photo()})
    job.locator("form[data-kind=photo] button").click()
    until(page, "document.getElementById('waiting').textContent.startsWith('2 ')")
    finish = job.locator("form[data-kind=finish]")
    if not finish.is_visible():
        job.locator("summary", has_text="Finish").click()
    finish.locator("input[value=fixed]").check()
    finish.locator("input[name='check.CONES']").check()
    finish.locator("input[name='check.DEPTH']").fill("9")
    finish.locator("input[name=minutes]").fill("35")
    finish.locator("input[name=materials]").fill("2 bags of cold mix")
    finish.locator("button[type=submit]").click()
    until(page, "document.getElementById('waiting').textContent.startsWith('3 ')")
    picture(page, "field-offline")
    clean(page, "the field page off line, 360 px")
    page.reload()
    until(page, "document.getElementById('waiting').textContent.startsWith('3 ')")
    expect("what waits survives a reload", "oldest" in waiting(page))
    lost = []

    def lose_first_answer(route):
        # The server gets it and answers; the answer never arrives.
        if len(lost) < 1:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    window.route("**/field/actions", lose_first_answer)
    window.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    for _ in range(100):
        if waiting(page) == "Everything is sent.":
            break
        button = page.locator("#send-now")
        if button.is_visible():
            button.click()
        page.wait_for_timeout(200)
    expect("an answer was lost on the way", lost == [200])
    expect("back on line everything is sent", waiting(page) == "Everything is sent.")
    page.reload()
    expect("the finished job is among those done today", reference in page.inner_text("#jobs"))
    expect("and two are left", page.locator(".job").count() == len(PLACES) - 1)
    return reference


def sent_once(hub, page, reference):
    page.goto(f"{hub.base}/en/staff/requests/{reference}")
    lines = page.locator(".timeline .history li").all_inner_texts()
    for words in ["The crew began work order 1.", "The crew finished work order 1.", "A photo was added to work order 1.", "Completed"]:
        expect(f"once in the history: {words}", sum(words in line for line in lines) == 1)
    order = [next(at for at, line in enumerate(lines) if words in line) for words in
             ["A photo was added", "The crew finished", "The crew began"]]
    expect("in order: begun, finished, photo", order == sorted(order))
    picture(page, "request-done")
    page.locator(".orders a").first.click()
    page.wait_for_load_state()
    expect("the report is on the order's page", "2 bags of cold mix" in page.inner_text("main"))
    shown = page.locator(".photos img").first
    expect("the photo is shown to staff", shown.evaluate("image => image.naturalWidth") == 64)
    address = shown.get_attribute("src")
    expect("and to nobody else", hub.get(address).url != hub.base + address)
    picture(page, "order")


def everywhere(hub, browser, state, references, phone_state):
    """axe on every page, at both widths, in both languages and in the three modes."""
    pages = ["queue", "queue?view=late", f"requests/{references[0]}", f"requests/{references[-1]}", "work", "crews"]
    for language in ["en", "fr"]:
        for name, width in [("phone", 360), ("desk", 1280)]:
            for kept, paths in [(state, pages), (phone_state, ["field"])]:
                window, page = context(browser, viewport={"width": width, "height": 800}, storage_state=kept)
                for path in paths:
                    page.goto(f"{hub.base}/{language}/staff/{path}")
                    page.wait_for_timeout(200)
                    clean(page, f"{path}, {name}, {language}")
                    picture(page, f"{path.split('?')[0].split('/')[0]}-{name}-{language}")
                window.close()
    for scheme, contrast in [("dark", "no-preference"), ("light", "more")]:
        for kept, paths in [(state, ["queue", f"requests/{references[-1]}"]), (phone_state, ["field"])]:
            window, page = context(browser, viewport={"width": 1280, "height": 800}, storage_state=kept, color_scheme=scheme, contrast=contrast)
            for path in paths:
                page.goto(f"{hub.base}/en/staff/{path}")
                page.wait_for_timeout(200)
                clean(page, f"{path}, {scheme}, contrast {contrast}")
            window.close()


def without_scripts(hub, browser, state):
    window, page = context(browser, java_script_enabled=False, viewport={"width": 360, "height": 780}, storage_state=state)
    page.goto(f"{hub.base}/en/staff/field")
    job = page.locator(".job").first
    job.locator("form[data-kind=start] button").click()
    page.wait_for_load_state()
    expect("without scripts a job is begun", "At work" in page.locator(".job").first.inner_text())
    window.close()


def main():
    hub = Hub()
    try:
        hub.start()
        report(hub)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            phone, phone_page = context(browser, viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
            sign_in(hub, phone_page, "max@brindlebay.example", "field", "Max Crew")
            window, page = context(browser, viewport={"width": 1280, "height": 900})
            sign_in(hub, page, "kim@brindlebay.example", "department_head", "Kim Head")
            references = desk(hub, page)
            done = off_line(hub, phone, phone_page)
            sent_once(hub, page, done)
            without_scripts(hub, browser, phone.storage_state())
            everywhere(hub, browser, window.storage_state(), references, phone.storage_state())
            browser.close()
        expect(f"every page is clean {UNCLEAN}", not UNCLEAN)
        return 0
    except Exception:
        print(hub.tail())
        raise
    finally:
        hub.remove()


if __name__ == "__main__":
    sys.exit(main())
