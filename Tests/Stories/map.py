"""The map page as people use it: by keyboard, on a phone, without scripts, on paper, in both languages; axe finds nothing on any of them.

Beside it the API's description is held against the OpenAPI schema.
"""

import os
import re
import sys

from axe_playwright_python.sync_playwright import Axe
from openapi_spec_validator import validate
from playwright.sync_api import sync_playwright

from hub import Hub

REGIONAL_ROAD = "lat=44.13&long=-79.20005"
PLACES = {"road": REGIONAL_ROAD, "gap": "lat=44.12&long=-78.99905", "overlap": "lat=44.2197&long=-78.8",
          "enclave": "lat=44.2768&long=-79.1125", "nowhere": "lat=51.5&long=-0.12"}


def expect(what, holds):
    print(("  ok      " if holds else "  FAILED  ") + what)
    if not holds:
        raise AssertionError(what)


def clean(page, what):
    found = Axe().run(page)
    if found.violations_count:
        print(found.generate_report())
    expect(f"axe finds nothing: {what}", found.violations_count == 0)
    expect(f"nothing runs out sideways: {what}",
           page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def until(page, condition):
    """Waits until a condition holds in the page; Playwright's own way to wait is refused by the page's security policy."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise SystemExit(f"map: never came true in the page: {condition}")


def context(browser, **options):
    """A window that keeps what the page complains about."""
    window = browser.new_context(**options)
    page = window.new_page()
    page.complaints = []
    page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda fault: page.complaints.append(str(fault)))
    return window, page


def by_keyboard(browser, base):
    window, page = context(browser, viewport={"width": 1280, "height": 900})
    page.goto(f"{base}/en/who")
    until(page, "document.querySelectorAll('#map path').length > 0")
    reached = False
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "map":
            reached = True
            break
    expect("the map is reached with the Tab key", reached)
    page.keyboard.press("+")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_selector("#spoken")
    expect("Enter asks about the middle and the answer comes into the page", "place" in page.inner_text("#spoken"))
    expect("the place stands in the address, to be sent on", "lat=" in page.url and "long=" in page.url)
    until(page, "document.getElementById('polite').textContent.length > 0")
    expect("the answer is spoken politely", page.inner_text("#spoken") == page.evaluate("document.getElementById('polite').textContent"))
    expect("the focus stays on the map", page.evaluate("document.activeElement.id") == "map")
    box = page.locator("#layer-ward")
    box.focus()
    before = page.locator("#map path").count()
    page.keyboard.press("Space")
    until(page, f"document.querySelectorAll('#map path').length > {before}")
    expect("a layer is put on the map by keyboard", box.is_checked())
    clean(page, "an answer on a wide screen")
    page.go_back()
    page.wait_for_load_state()
    expect("Back leads to the page before", "lat=" not in page.url)
    expect("the browser complains about nothing", page.complaints == [])
    window.close()


def everywhere(browser, base):
    for language in ["en", "fr"]:
        for name, width in [("phone", 360), ("narrow", 320), ("desk", 1280)]:
            window, page = context(browser, viewport={"width": width, "height": 780})
            for what, place in PLACES.items():
                page.goto(f"{base}/{language}/who?{place}&type=RD-POTH&show=ward&show=distributor")
                page.wait_for_timeout(300)
                clean(page, f"{what}, {name}, {language}")
            expect(f"no complaints: {name}, {language}", page.complaints == [])
            window.close()
    for scheme, contrast in [("dark", "no-preference"), ("light", "more")]:
        window, page = context(browser, viewport={"width": 1280, "height": 900}, color_scheme=scheme, contrast=contrast)
        page.goto(f"{base}/en/who?{REGIONAL_ROAD}&type=RD-POTH&show=ward")
        page.wait_for_timeout(300)
        clean(page, f"{scheme}, contrast {contrast}")
        window.close()


def without_scripts(browser, base):
    window, page = context(browser, java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.goto(f"{base}/en/who")
    page.locator("summary").first.click()
    page.fill("#lat", "44.13")
    page.fill("#lon", "-79.20005")
    page.select_option("#type", "RD-POTH")
    page.locator("form#page-form button[type=submit]").first.click()
    text = page.inner_text("main")
    expect("without scripts the form answers", "This is the Region’s job" in text)
    expect("and the still map shows the region's road and the place",
           page.locator("#still .road.upper").count() > 1 and page.locator("#still .pin-ring").count() == 1)
    page.goto(f"{base}/en/who?{REGIONAL_ROAD}&type=RD-POTH&show=ward")
    paper = page.pdf(format="Letter")
    expect("it prints on one sheet", len(re.findall(rb"/Type\s*/Page\b", paper)) == 1)
    if "PICTURES" in os.environ:
        with open(os.path.join(os.environ["PICTURES"], "who.pdf"), "wb") as file:
            file.write(paper)
    window.close()


def main():
    hub = Hub()
    try:
        hub.start()
        validate(hub.json("/api/openapi.json"))
        expect("the API's description is valid OpenAPI", True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            by_keyboard(browser, hub.base)
            without_scripts(browser, hub.base)
            everywhere(browser, hub.base)
            browser.close()
        return 0
    except Exception:
        print(hub.tail())
        raise
    finally:
        hub.remove()


if __name__ == "__main__":
    sys.exit(main())
