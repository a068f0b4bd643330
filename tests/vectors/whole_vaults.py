# SPDX-License-Identifier: Apache-2.0
"""Vaults with every row in them, right ones and ones that somebody changed."""
import reference as ref
from reference import counting, number, tlv, write

VAULT, AGENT, SLOT = counting(16, 0x11), counting(16, 0x21), counting(16, 0x51)
ROOT, AGENT_KEY, SLOT_KEY = counting(32, 0x01), counting(32, 0x61), counting(32, 0xA1)
ZEROS = bytes(16)


class Whole:
    """The shared agent with two profiles, behind one key file."""

    log_rows = ()  # owner (zeros: the vault itself) and what is sealed

    def __init__(self):
        self.root, self.keys = ref.root_keys(ROOT), ref.agent_keys(AGENT_KEY)
        self.records = [
            self.profile(b'openai:work', b'sk-test-work', 1),
            self.profile(b'openai:home', b'sk-test-home', 2),
        ]
        digest = ref.combined(ref.record_digest(self.keys['state'], *record) for record in self.records)
        self.state = self.agent_state(2, digest)
        self.sheet = ref.seal(
            self.keys['sheet'], 'agent.sheet', VAULT, AGENT, 0, AGENT, tlv((1, b'main'), (2, b'\0'), (3, number(1)))
        )
        self.key = ref.seal(self.root['wrap'], 'agent.key', VAULT, AGENT, 0, AGENT, AGENT_KEY)
        self.lookup = ref.keyed(self.root['index'], 16, b'agent', b'main')
        self.commitment, self.wrapped = ref.make_slot(VAULT, b'', 2, SLOT, b'', SLOT_KEY, ROOT)
        self.settings = ref.seal(self.root['settings'], 'vault.settings', VAULT, ZEROS, 0, ZEROS, tlv((1, b'main')))
        rows = [
            (b'settings', self.settings),
            (b'agent', AGENT, self.lookup, self.key, self.sheet),
            (b'slot', SLOT, b'', b'\2', b'', self.commitment, self.wrapped, b''),
        ]
        digest = ref.combined(ref.keyed(self.root['state'], 32, *row) for row in rows)
        self.vault_state = ref.seal(
            self.root['state'], 'vault.state', VAULT, ZEROS, 0, ZEROS, tlv((1, number(1)), (2, digest))
        )

    def agent_state(self, count, digest):
        plaintext = tlv((1, number(3)), (2, number(count)), (3, digest), (4, number(3)), (5, number(0)), (6, bytes(32)))
        return ref.seal(self.keys['state'], 'agent.state', VAULT, AGENT, 0, AGENT, plaintext)

    def profile(self, name, secret, position):
        lookup = ref.keyed(self.keys['index'], 16, b'\1', name)
        sealed_secret = ref.seal(self.keys['secret'], 'record.secret', VAULT, AGENT, 1, lookup, tlv((1, secret)))
        fingerprint = ref.keyed(self.keys['fingerprint'], 16, secret)[:8]
        sheet = ref.profile_sheet(sealed_secret[:16], fingerprint, name, position)
        return 1, lookup, ref.seal(self.keys['sheet'], 'record.sheet', VAULT, AGENT, 1, lookup, sheet), sealed_secret

    def write(self, folder, name, comment, expect, *profiles):
        write(
            folder,
            'vault_' + name,
            comment,
            'vault',
            expect,
            ('key_file', ref.key_file(VAULT, SLOT_KEY)),
            ('vault', ' '.join([VAULT.hex(), self.settings.hex(), self.vault_state.hex()])),
            ('slot', ' '.join([SLOT.hex(), self.commitment.hex(), self.wrapped.hex()])),
            ('agent', ' '.join(each.hex() for each in (AGENT, self.lookup, self.key, self.sheet, self.state))),
            *(
                ('record', ' '.join([str(kind), lookup.hex(), sheet.hex(), *([secret.hex()] if secret else [])]))
                for kind, lookup, sheet, secret in self.records
            ),
            *(('log', ' '.join([owner.hex(), sealed.hex()])) for owner, sealed in self.log_rows),
            *(('profile', each) for each in profiles)
        )


def write_all(folder):
    Whole().write(
        folder, 'right', 'a vault as it should be', 'ok', 'openai:work sk-test-work', 'openai:home sk-test-home'
    )
    vault = Whole()
    del vault.records[0]
    vault.write(folder, 'row_deleted', 'A07', 'state_mismatch')
    vault = Whole()
    vault.records[0] = vault.profile(b'openai:work', b'sk-test-older', 1)
    vault.write(folder, 'row_replayed', 'A06: a row that opens, but is not the one that was written', 'state_mismatch')
    vault = Whole()
    vault.records.append(vault.profile(b'openai:third', b'sk-test-third', 3))
    vault.write(folder, 'row_added', 'A06: a row that opens, and was erased before', 'state_mismatch')
    vault = Whole()
    (a, b, c, d), (e, f, g, h) = vault.records
    vault.records = [(a, b, g, h), (e, f, c, d)]
    vault.write(folder, 'rows_swapped', 'A01', 'damaged_record')
    vault = Whole()
    (a, b, c, d), (e, f, g, h) = vault.records
    vault.records = [(a, b, c, h), (e, f, g, d)]
    vault.write(folder, 'secrets_swapped', 'A01: the sheets open, the secrets do not', 'damaged_record')
    vault = Whole()
    vault.state = vault.agent_state(3, bytes(32))
    vault.write(folder, 'state_replayed', 'A06: another state of the agent', 'state_mismatch')
    vault = Whole()
    vault.commitment, vault.wrapped = ref.make_slot(VAULT, b'', 2, SLOT, b'', SLOT_KEY, ROOT)
    vault.write(
        folder,
        'slot_replayed',
        'the same slot, wrapped another time: the vault\'s state knows the one that counts',
        'state_mismatch',
    )
    vault = Whole()
    vault.wrapped = vault.wrapped[:-1] + bytes([vault.wrapped[-1] ^ 1])
    vault.write(folder, 'slot_damaged', 'A12', 'damaged_slot')
    vault = Whole()
    vault.settings, vault.vault_state = vault.vault_state, vault.settings
    vault.write(folder, 'columns_swapped', 'A01', 'damaged_record')
