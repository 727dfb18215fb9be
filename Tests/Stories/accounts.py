"""The staff door as people use it, in a real browser: the first link, a password, the second step, recovery codes, in and out again.

With and without scripts, in both languages, on a phone and at a desk; axe finds nothing on any page; the chain over what was done holds.
"""

import base64
import hashlib
import hmac
import os
import re
import struct
import sys
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from hub import Hub

PASSWORD = "tulip gravel oboe kayak"


def expect(what, holds):
    print(("  ok      " if holds else "  FAILED  ") + what)
    if not holds:
        raise AssertionError(what)


def code(key, step=0):
    """The six digits of an authenticator app (RFC 6238)."""
    secret = base64.b32decode(key.replace(" ", ""))
    counter = struct.pack(">Q", int(time.time() // 30) + step)
    digest = hmac.new(secret, counter, hashlib.sha1).digest()
    at = digest[19] & 15
    return str((struct.unpack(">I", digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000).zfill(6)


def look(page, what):
    """Nothing is wrong with the page, at a phone's width and at a desk's; its picture is kept when a folder is named."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        if found.violations_count:
            print(found.generate_report())
        expect(f"axe finds nothing: {what} at {width}", found.violations_count == 0)
        expect(f"nothing runs out sideways: {what} at {width}",
               page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        if "PICTURES" in os.environ:
            page.screenshot(path=f"{os.environ['PICTURES']}/{what.replace(' ', '-')}-{width}.png", full_page=True)


def settle(page, key, link):
    """Chooses a password by a link and sets up the second step."""
    page.goto(link)
    look(page, "choose a password")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    look(page, "second step")
    key.append(page.inner_text("#time-key"))
    page.fill("#code", code(key[0]))
    page.click("main button[type=submit]")
    look(page, "recovery codes")
    expect("eight recovery codes are shown", page.locator("main li").count() == 8)
    page.click("main a.button")


def sign_in(page, base, name, key, language="en"):
    """In with name, password and the code after the last one used."""
    page.goto(f"{base}/{language}/staff")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.fill("#code", code(key[0], step=1))
    page.click("main button[type=submit]")


def story(hub, browser):
    link = None
    for _ in range(100):
        link = re.search(r"http://[^ ]+/staff/invitation/[a-z0-9]+", (hub.data / "service.log").read_text())
        if link:
            break
        time.sleep(0.1)
    expect("the first start prints a link for the first administrator", link is not None)

    window = browser.new_context()
    page = window.new_page()
    complaints = []
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.goto(f"{hub.base}/en/staff")
    look(page, "sign in")
    key = []
    settle(page, key, link.group(0))
    look(page, "staff home")
    expect("the page names the body that is acted for", "You act for" in page.inner_text(".staff-bar"))
    cookies = {cookie["name"]: cookie for cookie in window.cookies()}
    session = cookies["__Host-hub_staff"]
    expect("the session's cookie is for this host alone, secure and closed to scripts",
           session["secure"] and session["httpOnly"] and session["sameSite"] == "Lax" and session["path"] == "/")
    page.goto(f"{hub.base}/en/staff/account")
    look(page, "account")
    page.goto(f"{hub.base}/fr/staff/people")
    look(page, "people in French")
    page.goto(f"{hub.base}/en/staff/people")
    page.fill("#display", "Robin Example")
    page.fill("#name", "robin@town.example")
    page.check("#role-new-operator")
    page.click("form[action$='/people/invite'] button")
    look(page, "people with a link")
    invited = page.inner_text("#link")
    page.click("form[action$='/sign-out'] button")
    expect("signing out leads to the door", page.inner_text("h1") == "Sign in for staff")
    page.goto(f"{hub.base}/en/staff/account")
    expect("and what was open is closed", page.inner_text("h1") == "Sign in for staff")
    expect("the browser complains of nothing", complaints == [])
    window.close()

    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    sign_in(page, hub.base, "admin@hub311.invalid", key, language="fr")
    expect("in again without scripts, in French", page.locator(".staff-bar").count() == 1)
    plain.close()

    clerk = browser.new_context()
    settle(clerk.new_page(), [], invited)
    clerk.close()

    for scheme in ("light", "dark"):
        shown = browser.new_context(color_scheme=scheme)
        page = shown.new_page()
        for language in ("en", "fr"):
            page.goto(f"{hub.base}/{language}/design")
            look(page, f"pieces in {language} {scheme}")
        shown.close()

    done = hub.run("audit", "verify", check=False)
    print(done.stdout)
    expect("the chain over what was done holds", done.returncode == 0 and "BROKEN" not in done.stdout)


def main():
    hub = Hub()
    try:
        hub.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            story(hub, browser)
            browser.close()
        return 0
    except Exception:
        print(hub.tail())
        raise
    finally:
        hub.remove()


if __name__ == "__main__":
    sys.exit(main())
