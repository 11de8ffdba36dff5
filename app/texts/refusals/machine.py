"""Trouble with the database, files, printers and pictures."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("store-trouble", ""): N_("The database cannot be used just now. Nothing was half done."),
    ("store-trouble", "locked"): N_(
        "The database is busy. Nothing was half done; please try again in a moment."
    ),
    ("store-trouble", "busy"): N_(
        "The database is busy. Nothing was half done; please try again in a moment."
    ),
    ("store-trouble", "gone"): N_(
        "The line to the database is cut. It is being checked whether this was saved; "
        "do not send it again from another place."
    ),
    ("store-trouble", "full"): N_(
        "The disk is full. Nothing was half done; make room, then try again."
    ),
    ("store-trouble", "damaged"): N_(
        "The database file is damaged. Nothing was overwritten; restore the last backup."
    ),
    ("store-trouble", "foreign"): N_("This file is not a Kist database. It was not touched."),
    ("store-trouble", "newer"): N_("This database was made by a newer Kist. Update this one."),
    ("store-trouble", "missing"): N_("The database file is not there."),
    ("store-trouble", "not-a-demonstration"): N_(
        "{path} was not made by the demonstration, so it is not replaced. Name an empty folder."
    ),
    ("store-trouble", "exists"): N_("There is a database here already. It was not touched."),
    ("store-trouble", "read-only"): N_("The folder of the database cannot be written to."),
    ("store-trouble", "network"): N_(
        "The database may not lie on a network share: power cuts there lose receipts. "
        "Choose a folder on this computer."
    ),
    ("store-trouble", "synchronised"): N_(
        "The database may not lie in a synchronised folder: copies there drift apart. "
        "Choose another folder on this computer."
    ),
    ("store-trouble", "in-use"): N_("Another Kist has this database open."),
    ("store-trouble", "backup-bad"): N_("This backup does not open or does not add up."),
    ("store-trouble", "no-vault"): N_(
        "This computer has no safe place for the key. Use a passphrase instead."
    ),
    ("store-trouble", "another-station"): N_(
        "These files belong to another computer. Restore a backup here instead of copying them."
    ),
    ("store-trouble", "conflict"): N_(
        "Somebody else wrote the same at this moment. Nothing was half done; please try again."
    ),
    ("store-trouble", "keys-damaged"): N_(
        "The file of the keys is damaged. Open the database with the recovery code."
    ),
    ("store-trouble", "keys-missing"): N_(
        "The file of the keys is missing. Open the database with the recovery code."
    ),
    ("store-trouble", "closed"): N_("The database is closed."),
    ("store-trouble", "no-host"): N_("No computer of the name {host} is known on this network."),
    ("store-trouble", "refused"): N_(
        "{host} is there, but nothing answers at port {port}. Look whether the server runs."
    ),
    ("store-trouble", "silent"): N_(
        "{host} does not answer. Look whether it is on and its firewall lets this PC through."
    ),
    ("store-trouble", "hung-up"): N_(
        "{host} answers and hangs up at once. Look whether the server runs and lets this PC in."
    ),
    ("store-trouble", "not-trusted"): N_(
        "The certificate of the server is not trusted by this file. Ask whoever runs the server "
        "for the right one."
    ),
    ("store-trouble", "other-name"): N_(
        "The certificate of the server is for another name than {host}. Type the name that it "
        "was made for."
    ),
    ("store-trouble", "ca-bad"): N_("This file holds no certificate that can be read."),
    ("store-trouble", "no-tls"): N_("The server offers no encrypted line."),
    ("store-trouble", "wrong-password"): N_(
        "The server does not know this user with this password."
    ),
    ("store-trouble", "not-let-in"): N_("The server does not let {user} in from this PC."),
    ("store-trouble", "no-database"): N_("The server has no database of the name {database}."),
    ("store-trouble", "server-said"): N_("The server refused: {said}"),
    ("store-trouble", "old-server"): N_(
        "The server is PostgreSQL {said}; Kist needs version 13 or later."
    ),
    ("store-trouble", "no-rights"): N_(
        "This user may not make tables in the database. It must own it."
    ),
    ("store-trouble", "not-kist"): N_(
        "This database belongs to another program. It was not touched: name an empty one."
    ),
    ("store-trouble", "another-branch"): N_(
        "Another branch is there, not the one that this computer belongs to."
    ),
    ("store-trouble", "no-vault-shared"): N_(
        "This computer has no safe place for the password of the database, so it cannot join. "
        "Set up its keyring first."
    ),
    ("wrong-key", ""): N_("The database does not open with this key. It was not touched."),
    ("wrong-key", "recovery-code"): N_("The database does not open with this recovery code."),
    ("wrong-key", "passphrase"): N_("The database does not open with this passphrase."),
    ("wrong-key", "not-admitted"): N_(
        "This user of the computer may not open the database. Use the recovery code once."
    ),
    ("paper-trouble", ""): N_("The paper could not be made or read."),
    ("paper-trouble", "too-big"): N_("This file is too big to be read here."),
    ("paper-trouble", "too-many-pixels"): N_("This picture is too large to be shown safely."),
    ("paper-trouble", "too-many-pages"): N_("This document has too many pages."),
    ("paper-trouble", "damaged"): N_("This file is damaged or is not what its name says."),
    ("paper-trouble", "too-slow"): N_("This file took too long to read and was left alone."),
    ("paper-trouble", "too-much-memory"): N_("This file needs too much memory and was left alone."),
    ("paper-trouble", "not-allowed"): N_("Only pictures (JPEG, PNG) and PDF can be used here."),
    ("paper-trouble", "not-a-picture"): N_("This is neither a picture (JPEG, PNG) nor a PDF."),
    ("paper-trouble", "cannot-read"): N_("The file could not be read."),
    ("paper-trouble", "no-such-page"): N_("The document has no such page."),
    ("paper-trouble", "protected"): N_("This PDF is locked with a password."),
    ("paper-trouble", "helper-missing"): N_("Pictures cannot be read on this computer just now."),
    ("paper-trouble", "printer-off"): N_(
        "The printer does not answer. The receipt is saved; print it again when the printer is on."
    ),
    ("paper-trouble", "hash"): N_(
        "This document is not the one that was filed. It is not shown; restore it from a backup."
    ),
    ("paper-trouble", "no-printer"): N_("No printer is set up on this computer."),
    ("paper-trouble", "cannot-write"): N_("The file cannot be written there."),
    ("paper-trouble", "too-many-rows"): N_("There are more lines than one sheet can hold."),
}
