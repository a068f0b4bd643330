# SPDX-License-Identifier: Apache-2.0
"""A second reading of vault/FORMAT.md, in Python's standard library alone. It wrote the vectors beside it, once.

    python3 reference.py DIRECTORY     writes every case; nonces and keys are fixed, so it writes the same each time

The vectors in this folder are frozen: write new cases into an empty directory and add the new files only.
"""
import base64
import hashlib
import pathlib
import struct
import sys

ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'


def counting(size, first=0):
    return bytes((first + i) % 256 for i in range(size))


# XChaCha20-Poly1305, after RFC 8439 and draft-irtf-cfrg-xchacha-03.


def rotate(value, count):
    return ((value << count) | (value >> (32 - count))) & 0xFFFFFFFF


def quarter(x, a, b, c, d):
    for first, second, third, count in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        x[first] = (x[first] + x[second]) & 0xFFFFFFFF
        x[third] = rotate(x[third] ^ x[first], count)


def rounds(state):
    x = list(state)
    for _ in range(10):
        for i in range(4):
            quarter(x, i, 4 + i, 8 + i, 12 + i)
        for i in range(4):
            quarter(x, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return x


def initial(key, last):
    return (
        list(struct.unpack('<4I', b'expand 32-byte k'))
        + list(struct.unpack('<8I', key))
        + list(struct.unpack('<4I', last))
    )


def keystream(key, nonce, counter):
    state = initial(key, struct.pack('<I', counter) + nonce)
    return struct.pack('<16I', *((a + b) & 0xFFFFFFFF for a, b in zip(rounds(state), state)))


def poly1305(key, message):
    r = int.from_bytes(key[:16], 'little') & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16] + b'\1', 'little')) * r % ((1 << 130) - 5)
    return ((total + int.from_bytes(key[16:], 'little')) % (1 << 128)).to_bytes(16, 'little')


def aead_seal(key, nonce, plaintext, associated):
    x = rounds(initial(key, nonce[:16]))
    subkey = struct.pack('<8I', *(x[:4] + x[12:]))
    short = bytes(4) + nonce[16:]
    stream = b''.join(keystream(subkey, short, 1 + at // 64) for at in range(0, len(plaintext), 64))
    sealed = bytes(a ^ b for a, b in zip(plaintext, stream))
    pad = lambda part: part + bytes(-len(part) % 16)
    tag = poly1305(
        keystream(subkey, short, 0)[:32],
        pad(associated) + pad(sealed) + struct.pack('<QQ', len(associated), len(sealed)),
    )
    return nonce + sealed + tag


# What FORMAT.md builds from them.


class Random:
    """Nonces and ids that count, so that the vectors come out the same each time."""

    number = 0

    @classmethod
    def take(cls, size):
        cls.number += 1
        return hashlib.blake2b(struct.pack('<Q', cls.number), digest_size=size).digest()


def keyed(key, size, *parts):
    joined = b''.join(struct.pack('<Q', len(part)) + part for part in parts)
    return hashlib.blake2b(joined, key=key, digest_size=size).digest()


def subkey(key, number, context):
    return hashlib.blake2b(
        b'', key=key, digest_size=32, salt=struct.pack('<QQ', number, 0), person=context + bytes(8)
    ).digest()


def padded(plaintext):
    return plaintext + b'\x80' + bytes(63 - len(plaintext) % 64)


def associated_data(column, vault, agent, kind, row, revision):
    parts = (b'claviger/1', column.encode(), vault, agent, bytes([kind]), row, revision)
    return b''.join(bytes([len(part)]) + part for part in parts)


def seal(key, column, vault, agent, kind, row, plaintext):
    revision = Random.take(16)
    data = associated_data(column, vault, agent, kind, row, revision)
    return revision + aead_seal(key, Random.take(24), padded(plaintext), data)


def tlv(*fields, version=1):
    return bytes([version]) + b''.join(bytes([tag]) + struct.pack('<I', len(value)) + value for tag, value in fields)


def number(value):
    return struct.pack('<q', value)


def texts(*values):
    return b''.join(struct.pack('<I', len(value)) + value for value in values)


def agent_keys(key):
    names = ('index', 'sheet', 'secret', 'state', 'log', 'fingerprint')
    return {name: subkey(key, i + 1, b'clvagent') for i, name in enumerate(names)}


def root_keys(key):
    names = ('index', 'wrap', 'state', 'settings')
    return {name: subkey(key, i + 1, b'clvroot_') for i, name in enumerate(names)}


def slot_identity(vault, agent, kind, slot, parameters):
    return keyed(b'', 32, b'claviger/1', b'slot', vault, agent, bytes([kind]), slot, parameters)


def make_slot(vault, agent, kind, slot, parameters, key, payload):
    identity = slot_identity(vault, agent, kind, slot, parameters)
    commitment = keyed(subkey(key, 1, b'clvslot_'), 32, b'commitment', identity)
    return commitment, aead_seal(subkey(key, 2, b'clvslot_'), Random.take(24), padded(payload), identity)


def recovery_code(key):
    check = keyed(b'', 16, b'claviger recovery code', key)
    bits = int.from_bytes(key + bytes([check[0] & 15]) + check[1:3], 'big')
    symbols = ''.join(ALPHABET[bits >> 5 * (55 - i) & 31] for i in range(56))
    return '-'.join(symbols[i : i + 4] for i in range(0, 56, 4))


def token(slot, key):
    check = keyed(b'', 16, b'claviger agent token', slot + key)[:4]
    return 'clv1_' + base64.urlsafe_b64encode(slot + key + check).decode().rstrip('=')


def key_file(vault, key):
    return 'CLAVIGER-KEY-1 ' + vault.hex() + ' ' + base64.b64encode(key).decode()


def record_digest(key, kind, lookup, sheet, secret):
    return keyed(key, 32, bytes([kind, secret is not None]), lookup, sheet, secret or b'')


def combined(hashes):
    total = bytes(32)
    for each in hashes:
        total = bytes(a ^ b for a, b in zip(total, each))
    return total


def profile_sheet(revision, fingerprint, name=b'openai:work', position=1):
    return tlv(
        (1, name),
        (2, b'openai'),
        (3, b'\1'),
        (4, b'\0'),
        (12, b'\1'),
        (13, b'\0'),
        (14, number(5)),
        (15, number(6)),
        (16, number(position)),
        (17, revision),
        (18, fingerprint),
    )


def write(folder, name, comment, kind, expect, *fields):
    lines = ['# ' + comment, 'kind: ' + kind, 'expect: ' + expect]
    for field, value in fields:
        lines.append(field + ': ' + (value.hex() if isinstance(value, bytes) else str(value)))
    (folder / (name + '.txt')).write_text('\n'.join(lines) + '\n')


if __name__ == '__main__':
    import cases

    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    cases.write_all(target)
