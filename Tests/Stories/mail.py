"""News by mail through a real SMTP server: what is sent, in which words, and what happens when the server fails, hangs up or is away."""

import os
import re
import sys
import time
import urllib.error
import urllib.request

from hub import Hub, free_port
from post_office import PostOffice

HERE = {"lat": "44.1016", "long": "-79.18"}


def expect(what, holds):
    print(("  ok      " if holds else "  FAILED  ") + what)
    if not holds:
        raise AssertionError(what)


def report(hub, address, jurisdiction="brindle-bay", place=HERE, **more):
    began = time.monotonic()
    answer = hub.post("/open311/v2/requests.json", {
        "api_key": hub.key, "jurisdiction_id": jurisdiction, "service_code": "RD-SWALK",
        "description": "The slab has risen", "email": address, **answers(hub, jurisdiction), **place, **more,
    })
    body = answer.read().decode()
    if answer.status != 200:
        return None, answer.status, time.monotonic() - began
    reference = re.search(r'"service_request_id"\s*:\s*"([^"]+)"', body).group(1)
    return reference, 200, time.monotonic() - began


def answers(hub, jurisdiction):
    """An answer to every question that must be answered: the first there is."""
    definition = hub.json(f"/open311/v2/services/RD-SWALK.json?jurisdiction_id={jurisdiction}")
    given = {}
    for question in definition["attributes"]:
        if question["required"]:
            values = question.get("values") or []
            given[f"attribute[{question['code']}]"] = values[0]["key"] if values else "1"
    return given


def post_form(hub, url, fields):
    path = url.split("//", 1)[1].split("/", 1)[1] if "//" in url else url.lstrip("/")
    return hub.post("/" + path, fields)


def steps(hub, office):
    reference, _, _ = report(hub, "ann@example.org")
    first = office.wait("ann@example.org", 1)[0]
    mail = first.mail
    expect("1 the first mail parses without a defect, with both texts", not mail.defects
           and [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
           and not any(part.defects for part in mail.walk()))
    expect("2 its subject holds the reference and nothing else of the matter",
           mail["subject"] == f"We received your report {reference}")
    expect("3 it is from the town, at the hub's address, and answers go to the town",
           mail["from"].addresses[0].display_name == "311 Brindle Bay"
           and mail["from"].addresses[0].addr_spec == "311@maplewater.example"
           and mail["reply-to"].addresses[0].addr_spec == "info@brindlebay.example")
    expect("4 failures are reported to the address for them", first.sender == "bounces@maplewater.example")
    expect("5 it says that a program sent it", mail["auto-submitted"] == "auto-generated")
    unsubscribe = mail["list-unsubscribe"].strip("<>")
    expect("6 it ends by one click", unsubscribe.startswith(hub.base + "/en/news/bb-")
           and mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click")
    expect("7 text and HTML say the same and name the page",
           all(f"{hub.base}/en/requests/{reference}" in text for text in (first.text, first.html)))
    expect("7b who chooses on its page is no stranger any more, whom only three mails an hour may reach",
           post_form(hub, unsubscribe, {"choice": "every"}).status == 200)
    for step in ("review", "assign", "complete"):
        hub.run("request", "step", reference, step, *(["--outcome", "fixed"] if step == "complete" else []))
    subjects = [taken.mail["subject"] for taken in office.wait("ann@example.org", 4)]
    expect("8 every step is told once, in order", subjects == [
        f"We received your report {reference}", f"A person has read {reference}", f"Work assigned: {reference}",
        f"Completed: {reference}"])
    last = office.to("ann@example.org")[-1]
    survey = re.search(r"http\S+/en/survey/\S+", last.text).group(0)
    page = hub.get("/" + survey.split("/", 3)[3])
    expect("9 the link to the questions opens them", page.status == 200 and reference in page.read().decode())
    done = post_form(hub, survey, {"solved": "yes", "score": "5"})
    expect("10 the answer is taken", done.status == 200)
    counted = hub.run("message", "survey", "--tenant", "brindle-bay").stdout
    expect("11 and counted at its tenant", "1 answers\t1 solved" in counted)
    expect("12 looking at the link to end changes nothing", hub.get("/" + unsubscribe.split("/", 3)[3]).status == 200)
    expect("13 one click ends it, without cookie or form",
           post_form(hub, unsubscribe, {"List-Unsubscribe": "One-Click"}).status == 200)
    hub.run("request", "step", reference, "reopen")
    time.sleep(3)
    expect("14 nothing is sent after that", len(office.to("ann@example.org")) == 4)
    return reference


def languages(hub, office, reference):
    answer = post_form(hub, f"/fr/requests/{reference}/follow", {"email": "bob@example.org"})
    expect("15 following by mail is asked for on the page", answer.status == 200)
    asked = office.wait("bob@example.org", 1)[0]
    expect("16 the address is asked first, in French, in encoded words that an independent parser reads",
           asked.mail["subject"] == "Voulez-vous recevoir ces messages?" and "=?" not in str(asked.mail["subject"]))
    link = re.search(r"http\S+/fr/news/confirm/\S+", asked.text).group(0)
    expect("17 looking at the link confirms nothing", hub.get("/" + link.split("/", 3)[3]).status == 200)
    hub.run("request", "step", reference, "review")
    time.sleep(2)
    expect("18 nothing is sent before it is confirmed", len(office.to("bob@example.org")) == 1)
    expect("19 a press of the button confirms", post_form(hub, link, {}).status == 200)
    expect("20 the link is used once", post_form(hub, link, {}).status == 410)
    hub.run("request", "step", reference, "assign")
    news = office.wait("bob@example.org", 2)[-1]
    expect("21 the news are French, whatever the clerk's language",
           news.mail["subject"] == f"Travail attribué\u00a0: {reference}" and news.mail["content-language"] == "fr-CA")
    foreign = link.replace("/fr/news/confirm/", "/t/cobbleford/fr/news/confirm/")
    expect("22 a link opens nothing at another town", hub.get("/" + foreign.split("/", 3)[3]).status == 404)


def faults(hub, office):
    server = office.office
    before, server.faults = server.attempts, ["451"]
    report(hub, "slow@example.org")
    office.wait("slow@example.org", 1, patience=40)
    expect("23 a mail that was put off arrives once, at the second attempt", server.attempts - before == 2)
    server.faults = ["hang_up"]
    report(hub, "doubt@example.org")
    twice = office.wait("doubt@example.org", 2, patience=150)
    expect("24 a mail whose answer was lost comes again under the same Message-ID, byte for byte",
           twice[0].mail["message-id"] == twice[1].mail["message-id"] and twice[0].bytes == twice[1].bytes)
    reference, _, _ = report(hub, "gone@example.org")
    time.sleep(3)
    hub.run("request", "step", reference, "review")
    time.sleep(3)
    listed = hub.run("outbox", "list").stdout
    expect("25 an address that is refused for good is shown to the operator, and not tried again",
           "no such user" in listed and listed.count("\tdead\t") >= 1 and not office.to("gone@example.org"))
    _, status, _ = report(hub, "eve@example.org\r\nBcc: mallory@example.org")
    time.sleep(2)
    expect("26 a line break in an address is refused, or sent to nobody", status == 400
           and not office.to("mallory@example.org"))


def away(hub, office):
    office.close()
    people = [f"storm{n}@example.org" for n in range(20)]
    slowest = 0
    for person in people:
        _, status, seconds = report(hub, person)
        expect_quietly(status == 200)
        slowest = max(slowest, seconds)
    time.sleep(15)
    office.open()
    for person in people:
        office.wait(person, 1, patience=400)
    expect(f"27 with the server away no report waits for it (slowest of 20: {slowest:.2f} s), and after it each is told once",
           slowest < 2 and all(len(office.to(person)) == 1 for person in people))


def expect_quietly(holds):
    if not holds:
        raise AssertionError("a report was not taken")


def bounce(hub, office, inbox):
    reference, _, _ = report(hub, "late@example.org")
    sent = office.wait("late@example.org", 1)[0]
    text = f"""From: MAILER-DAEMON@post.example
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; post.example

Final-Recipient: rfc822; late@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 unknown

--b
Content-Type: text/rfc822-headers

Message-ID: {sent.mail["message-id"]}

--b--
"""
    (inbox / "new").mkdir(parents=True, exist_ok=True)
    (inbox / "new" / "1").write_text(text)
    began = time.monotonic()
    while not (inbox / "done" / "1").exists() and time.monotonic() - began < 40:
        time.sleep(0.2)
    hub.run("request", "step", reference, "review")
    time.sleep(3)
    expect("28 a report that the address does not exist ends its mails", (inbox / "done" / "1").exists()
           and len(office.to("late@example.org")) == 1)
    request = urllib.request.Request(hub.base + "/webhooks/mail", b"Subject: x\r\n\r\n", {"Authorization": "Bearer wrong"})
    try:
        status = urllib.request.urlopen(request).status
    except urllib.error.HTTPError as answer:
        status = answer.code
    expect("29 the hook for reports opens by its token only", status == 403)


def main():
    hub = Hub()
    inbox = hub.data / "inbox"
    inbox.mkdir()
    office = PostOffice(hub.data, free_port())
    os.environ.update({
        "HUB_SMTP_HOST": "localhost", "HUB_SMTP_PORT": str(office.port), "HUB_SMTP_TLS": "starttls",
        "HUB_SMTP_CA": str(office.certificate), "HUB_SMTP_USER": office.USER, "HUB_SMTP_PASSWORD": office.PASSWORD,
        "HUB_MAIL_FROM": "311@maplewater.example", "HUB_MAIL_BOUNCES": "bounces@maplewater.example",
        "HUB_MAIL_INBOX": str(inbox), "HUB_MAIL_WEBHOOK_TOKEN": "a token for the story",
    })
    office.open()
    try:
        hub.start()
        ready = hub.json("/health/ready")
        expect("0 the service says that mail is configured", ready["details"]["mail"] == "configured")
        reference = steps(hub, office)
        languages(hub, office, reference)
        faults(hub, office)
        bounce(hub, office, inbox)
        away(hub, office)
        addresses = [line for line in hub.tail(1 << 20).splitlines() if "@example.org" in line]
        expect("30 no address of a person stands in the log", not addresses)
    finally:
        office.close()
        hub.remove()
    print("mail: passed")


if __name__ == "__main__":
    sys.exit(main())
