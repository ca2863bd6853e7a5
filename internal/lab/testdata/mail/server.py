"""An SMTP server for tests: aiosmtpd with STARTTLS, a sign-in, and what it takes written to files.

Usage: server.py FOLDER CERTIFICATE KEY [tls]. It prints its port. A recipient "busy@" is refused for now the first time, "unknown@" for
good; only "parley" with the password "secret" is let in.
"""
import asyncio
import itertools
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Keep:
    count = itertools.count(1)
    busy = True

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown@"):
            return "550 5.1.1 no such mailbox here"
        if address.startswith("busy@") and Keep.busy:
            Keep.busy = False
            return "451 4.3.0 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = os.path.join(sys.argv[1], "%d.eml" % next(Keep.count))
        with open(name + ".part", "wb") as out:
            out.write(b"X-Rcpt: " + ",".join(envelope.rcpt_tos).encode() + b"\r\n")
            out.write(b"X-Tls: " + (b"yes" if session.ssl or "tls" in sys.argv[4:] else b"no") + b"\r\n")
            out.write(envelope.content)
        os.rename(name + ".part", name)
        return "250 taken"


def let_in(server, session, envelope, mechanism, data):
    ok = isinstance(data, LoginPassword) and data.login == b"parley" and data.password == b"secret"
    return AuthResult(success=ok, handled=ok)


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    at_once = context if "tls" in sys.argv[4:] else None
    how = dict(auth_require_tls=False) if at_once else dict(tls_context=context, require_starttls=True)

    def session():
        return SMTP(Keep(), hostname="127.0.0.1", authenticator=let_in, auth_required=True, **how)

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0, ssl=at_once)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
