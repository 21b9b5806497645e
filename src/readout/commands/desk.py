"""`readout desk`: the web application over a record."""

from __future__ import annotations

import click

from readout.commands.add import database

ASK = "?"
PORT = 8321


@click.command()
@database
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port to listen on.")
@click.option(
    "--password", is_flag=False, flag_value=ASK, envvar="READOUT_DESK_PASSWORD",
    help="What people log in with, or its argon2id hash; asked for where the option stands alone.",
)  # fmt: skip
@click.option("--token", envvar="READOUT_DESK_TOKEN", help="What programs send as Authorization: Bearer TOKEN.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="Another name by which the desk is asked for.")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False), help="For https: certificate (PEM).")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="For https: its private key (PEM).")
def desk(
    db: str | None,
    host: str,
    port: int,
    password: str | None,
    token: str | None,
    names: tuple[str, ...],
    certificate: str | None,
    key: str | None,
) -> int:
    """Look at the record in a browser: what is new and due, who said what, what is disputed, each with its words.

    Everything comes from this machine. On another address than loopback it wants a --password or a --token.
    """
    from readout.desk.settings import check_reach

    if password == ASK:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    check_reach(host, is_open=not password and not token)

    import uvicorn

    from readout.desk import application

    app = application(_settings(db, host, password, token, names))
    scheme = "https" if certificate else "http"
    click.echo(f"readout: the desk is at {scheme}://{host}:{port} (Ctrl-C ends it)", err=True)
    uvicorn.run(
        app, host=host, port=port, ssl_certfile=certificate, ssl_keyfile=key, log_level="warning", server_header=False
    )
    return 0


def _settings(db: str | None, host: str, password: str | None, token: str | None, names: tuple[str, ...]):  # type: ignore[no-untyped-def]
    from readout.desk.login import hashed
    from readout.desk.settings import LOOPBACK, Settings, is_loopback
    from readout.errors import OptionError

    if token is not None and len(token) < 16:
        raise OptionError("the token is too short; give at least 16 characters")
    own = LOOPBACK if is_loopback(host) else frozenset()
    hosts = frozenset({*own, *names, *((host,) if names else ())}) if own or names else frozenset()
    return Settings(database=db, password=hashed(password) if password else None, token=token, hosts=hosts)
