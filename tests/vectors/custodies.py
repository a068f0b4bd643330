# SPDX-License-Identifier: Apache-2.0
"""Who refreshes a login; and rows of a kind that no program of this version knows."""
import reference as ref
from reference import counting, number, tlv, write
from whole_vaults import AGENT, VAULT, Whole

ATTEMPT, HOLDER, SECRET = counting(16, 0x31), counting(16, 0x41), counting(16, 0x71)
CLAIM = ((6, ATTEMPT), (7, HOLDER), (8, number(1800000090000)))
PROFILES = ('openai:work sk-test-work', 'openai:home sk-test-home')
UNKNOWN_KIND = 200


def sheet(state, *claim, owner=b'\1', endpoint=b'https://auth.openai.com', after=((13, number(0)),), secret=SECRET):
    front = ((1, b'openai:work'), (2, owner), (3, b'openai'), (4, endpoint), (5, state))
    return tlv(*front, *claim, (9, secret), *after)


def plaintexts(folder):
    def case(name, expect, given, comment='a plaintext'):
        write(folder, 'plaintext_custody_' + name, comment, 'plaintext', expect, ('type', 'custody'), ('bytes', given))

    times = ((10, number(1)), (11, number(2)), (12, b'\5'), (13, number(3)), (14, number(4)))
    case('full', 'ok', sheet(b'\1', *CLAIM, after=times))
    case('bare', 'ok', sheet(b'\0', owner=b'\0'))
    case('unknown', 'ok', sheet(b'\2', *CLAIM))
    case('lost', 'ok', sheet(b'\3'))
    case('claimed_by_nobody', 'damaged_record', sheet(b'\1'), 'a claim that is missing')
    case('settled_and_claimed', 'damaged_record', sheet(b'\0', *CLAIM), 'a claim where none is to be')
    case('no_holder', 'damaged_record', sheet(b'\1', CLAIM[0], CLAIM[2]), 'half a claim')
    case('state_4', 'damaged_record', sheet(b'\4'))
    case('owner_2', 'damaged_record', sheet(b'\0', owner=b'\2'))
    case('endpoint_with_path', 'damaged_record', sheet(b'\0', endpoint=b'https://auth.openai.com/oauth'))
    case('endpoint_of_a_file', 'damaged_record', sheet(b'\0', endpoint=b'file://auth.openai.com'))
    case('failure_of_no_class', 'damaged_record', sheet(b'\0', after=((11, number(2)), (13, number(0)))))
    case('failures_below_0', 'damaged_record', sheet(b'\0', after=((13, number(-1)),)))


class Kept(Whole):
    """Two profiles and one more record, which belongs to the set as every other does."""

    def __init__(self, kind, name, plaintext, secret):
        super().__init__()
        lookup = ref.keyed(self.keys['index'], 16, bytes([kind]), name)
        place = (VAULT, AGENT, kind, lookup)
        sealed = ref.seal(self.keys['sheet'], 'record.sheet', *place, plaintext)
        secret = ref.seal(self.keys['secret'], 'record.secret', *place, secret) if secret else None
        self.records.append((kind, lookup, sealed, secret))
        self.state = self.agent_state(
            3, ref.combined(ref.record_digest(self.keys['state'], *record) for record in self.records)
        )


def unknown():
    return Kept(UNKNOWN_KIND, b'openai:work', b'\x07what nobody here can read', b'\x07sk-test-unknown')


def write_all(folder):
    plaintexts(folder)
    Kept(9, b'openai:work', sheet(b'\0', secret=SECRET), None).write(
        folder, 'with_custody', 'a login and who refreshes it', 'ok', *PROFILES
    )
    unknown().write(folder, 'with_unknown_kind', 'a record of a kind that is not known', 'ok', *PROFILES)
    vault = unknown()
    del vault.records[2]
    vault.write(folder, 'unknown_kind_deleted', 'A07: it is counted, whatever it is', 'state_mismatch')
    vault = unknown()
    kind, lookup, sealed, secret = vault.records[2]
    vault.records[2] = (kind, lookup, sealed, secret[:-1] + bytes([secret[-1] ^ 1]))
    vault.write(folder, 'unknown_kind_changed', 'A13: its secret does not open', 'damaged_record')
