"""A real SMTP server for a story: STARTTLS, a login, and faults on demand. It keeps every mail it takes."""

import email
import email.policy
import pathlib
import ssl
import subprocess
import threading
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Taken:
    def __init__(self, envelope):
        self.to = envelope.rcpt_tos
        self.sender = envelope.mail_from
        self.bytes = envelope.content
        # An independent parser with the strict modern policy: defects are faults of ours.
        self.mail = email.message_from_bytes(envelope.content, policy=email.policy.default)

    @property
    def text(self):
        return self.mail.get_body(("plain",)).get_content()

    @property
    def html(self):
        return self.mail.get_body(("html",)).get_content()


class Office:
    """Handler: `faults` are taken one by one for the next mails: "451", "550", "hang_up"; a recipient with "gone" is refused."""

    def __init__(self):
        self.taken = []
        self.faults = []
        self.attempts = 0
        self.lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "gone" in address:
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        with self.lock:
            self.attempts += 1
            fault = self.faults.pop(0) if self.faults else None
            if fault == "451":
                return "451 4.3.0 not now"
            if fault == "550":
                return "550 5.7.1 refused by policy"
            self.taken.append(Taken(envelope))
        if fault == "hang_up":
            server.transport.abort()
            return "421 4.3.2 gone"
        return "250 2.0.0 taken"


class PostOffice:
    USER, PASSWORD = "hub", "a password for the story"

    def __init__(self, folder, port):
        self.folder = pathlib.Path(folder)
        self.port = port
        self.certificate = self.folder / "mail.pem"
        key = self.folder / "mail.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", self.certificate],
            check=True, capture_output=True,
        )
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.certificate, key)
        self.office = Office()
        self.controller = None

    def open(self):
        def authenticate(server, session, envelope, mechanism, data):
            ok = isinstance(data, LoginPassword) and (data.login, data.password) == (
                self.USER.encode(), self.PASSWORD.encode())
            return AuthResult(success=ok)

        office, tls = self.office, self.tls

        class TLSController(Controller):
            def factory(self):
                return SMTP(office, tls_context=tls, require_starttls=True, auth_required=True,
                            authenticator=authenticate, enable_SMTPUTF8=False, hostname="post.example")

        self.controller = TLSController(office, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    def to(self, address):
        return [taken for taken in self.office.taken if address in taken.to]

    def wait(self, address, count, patience=30):
        """The mails to an address once there are so many; a moment longer, to see that there are no more."""
        began = time.monotonic()
        while len(self.to(address)) < count:
            if time.monotonic() - began > patience:
                raise AssertionError(f"{len(self.to(address))} of {count} mails to {address} after {patience} s")
            time.sleep(0.1)
        time.sleep(0.5)
        found = self.to(address)
        assert len(found) == count, f"{len(found)} mails to {address}, not {count}"
        return found
