# SPDX-License-Identifier: Apache-2.0
"""One vault after the other, each changed in its own way: by its bytes and pages, or by its rows."""
import sqlite3

import row_changes

PAGE = 4096


def flip_bits(random, data, _):
    places = [random.randrange(len(data)) for _ in range(random.choice((1, 1, 2, 8)))]
    for place in places:
        data[place] ^= 1 << random.randrange(8)
    return f"flipped a bit at {places}"


def overwrite(random, data, _):
    size = random.randrange(1, 200)
    place = random.randrange(len(data) - size)
    data[place : place + size] = random.randbytes(size)
    return f"{size} random bytes at {place}"


def some_page(random, data):
    return random.randrange(len(data) // PAGE) * PAGE


def swap_pages(random, data, _):
    one, other = some_page(random, data), some_page(random, data)
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]
    return f"exchanged the pages at {one} and {other}"


def zero_page(random, data, _):
    place = some_page(random, data)
    data[place : place + PAGE] = bytes(PAGE)
    return f"zeros in the page at {place}"


def page_of_another_file(random, data, folder):
    source = random.choice(("old.db", "other.db"))
    theirs = (folder / source).read_bytes()
    place = random.randrange(min(len(data), len(theirs)) // PAGE) * PAGE
    data[place : place + PAGE] = theirs[place : place + PAGE]
    return f"the page at {place} as {source} has it"


def cut_off(random, data, _):
    del data[random.randrange(len(data)) :]
    return f"cut off after {len(data)} bytes"


def prolong(random, data, _):
    data += random.randbytes(random.choice((1, 100, PAGE)))
    return f"prolonged to {len(data)} bytes"


FLIPS, PAGES = (flip_bits,) * 3, (swap_pages, zero_page, page_of_another_file)
FILE_CHANGES = (*FLIPS, *PAGES, overwrite, cut_off, prolong)


def change_file(random, vault, folder):
    data = bytearray(vault.read_bytes())
    said = random.choice(FILE_CHANGES)(random, data, folder)
    vault.write_bytes(data)
    return said


def change_rows(random, vault, folder):
    database = sqlite3.connect(vault, isolation_level=None)
    said = []
    try:
        for name in ("old", "other"):
            database.execute(f"ATTACH ? AS {name}", (f"file:{folder}/{name}.db?mode=ro",))
        database.execute("PRAGMA ignore_check_constraints = ON")
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            said.append(random.choice(row_changes.ALL)(random, database))
    except sqlite3.Error as error:  # STRICT tables and NOT NULL hold for him, too: what came before stays
        said.append(f"SQLite refuses: {error}")
    finally:
        database.close()
    return "; ".join(said)


def plant_journal(random, vault, folder):
    """What a killed writer would have left, made by somebody else."""
    journal = vault.parent / (vault.name + "-journal")
    old = (folder / "old.db").read_bytes()
    pages = random.sample(range(1, len(old) // PAGE + 1), 2)
    nonce = random.randbytes(4)
    header = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + len(pages).to_bytes(4, "big") + nonce
    header += (len(old) // PAGE).to_bytes(4, "big") + (512).to_bytes(4, "big") + PAGE.to_bytes(4, "big")
    body = b""
    for page in pages:
        data = old[(page - 1) * PAGE : page * PAGE]
        total = (int.from_bytes(nonce, "big") + sum(data[at] for at in range(PAGE - 200, 0, -200))) & 0xFFFFFFFF
        body += page.to_bytes(4, "big") + data + total.to_bytes(4, "big")
    journal.write_bytes(header.ljust(512, b"\0") + body)
    journal.chmod(0o600)
    return f"a journal that puts the old pages {pages} back"


def change(random, vault, folder):
    """Changes the vault in one of all these ways, and says how."""
    how = random.choice((change_file, change_file, change_rows, change_rows, change_rows, change_rows, plant_journal))
    return how(random, vault, folder)
