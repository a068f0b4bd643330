# SPDX-License-Identifier: Apache-2.0
"""Logs, right ones and ones that somebody changed."""
import reference as ref
import whole_vaults
from reference import counting, number, texts, tlv, write

VAULT, AGENT, SLOT = counting(16, 0x11), counting(16, 0x21), counting(16, 0x51)
LOG, ROOT_LOG = counting(32, 0x31), counting(32, 0x71)
PROFILES = ('openai:work sk-test-work', 'openai:home sk-test-home')


def entry(name, proven_at=None, more=()):
    fields = [
        (1, number(1000)),
        (2, b'\1'),
        (3, b'\1'),
        (4, number(1)),
        (5, texts(name)),
        (6, b'\2'),
        (7, SLOT),
        (8, number(1000)),
        (9, number(4242)),
        (10, b'bash'),
        *more,
    ]
    if proven_at is None:
        return tlv(*fields)
    proof = ref.keyed(ROOT_LOG, 16, b'proof', AGENT, proven_at.to_bytes(8, 'little'), tlv(*fields))
    return tlv(*fields, (15, proof))


class Log:
    """An agent's log: root's entry, a token's, and root's again."""

    def __init__(self, folded=0):
        self.rows, self.count, self.folded, self.head = [], folded, folded, bytes(32)
        if folded:
            self.head = counting(32, 0x81)
            point = tlv((1, self.head), (2, number(folded)), (3, number(0)), (4, number(1)), (5, number(2)))
            self.rows.append(self.sealed(1, folded, point))
        for name, proven in ((b'openai:work', True), (b'openai:home', False), (b'openai:third', True)):
            self.append(name, proven)

    def sealed(self, kind, position, plaintext, agent=AGENT):
        row = position.to_bytes(8, 'little') + bytes(8)
        return ref.seal(LOG, 'log.event', VAULT, agent, kind, row, plaintext)

    def append(self, name, proven):
        self.count += 1
        sealed = self.sealed(0, self.count, entry(name, self.count if proven else None))
        self.head = ref.keyed(LOG, 32, b'head', self.head, self.count.to_bytes(8, 'little'), sealed)
        self.rows.append(sealed)

    def write(self, folder, name, comment, expect, *names):
        write(
            folder,
            'log_' + name,
            comment,
            'log',
            expect,
            ('vault', VAULT),
            ('agent', AGENT),
            ('key', LOG),
            ('proofs', ROOT_LOG),
            ('count', self.count),
            ('folded', self.folded),
            ('head', self.head),
            *(('row', row) for row in self.rows),
            *(('name', each) for each in names)
        )


def plaintexts(folder):
    def case(of, name, expect, given, comment='a plaintext'):
        write(folder, 'plaintext_%s_%s' % (of, name), comment, 'plaintext', expect, ('type', of), ('bytes', given))

    head = counting(32, 0x81)
    removed = ((11, b'worker'), (12, number(7)), (13, head), (14, SLOT))
    case('log_entry', 'proven', 'ok', entry(b'openai:work', 1))
    case('log_entry', 'full', 'ok', entry(b'openai:work', None, removed))
    case('log_entry', 'control', 'damaged_record', entry(b'a\nb'), 'I05: a control byte in a name')
    case('log_entry', 'long_name', 'damaged_record', entry(b'x' * 257), 'I05: a name beyond its bound')
    case('log_entry', 'verb_0', 'damaged_record', entry(b'a').replace(b'\2\1\0\0\0\1', b'\2\1\0\0\0\0', 1))
    case('log_checkpoint', 'full', 'ok', tlv((1, head), (2, number(9)), (3, number(1)), (4, number(1)), (5, number(2))))
    case('log_checkpoint', 'bare', 'ok', tlv((1, head), (2, number(0)), (3, number(4))))
    case('log_checkpoint', 'negative', 'damaged_record', tlv((1, head), (2, number(-1)), (3, number(0))))
    state = ((1, number(9)), (2, number(8)), (3, head), (4, number(7)), (5, number(6)), (6, head))
    case('agent_state', 'log_folded', 'ok', tlv(*state, (7, number(5))))
    case('agent_state', 'log_folded_0', 'damaged_record', tlv(*state, (7, number(0))), 'another way to say nothing')
    case('vault_state', 'log', 'ok', tlv((1, number(9)), (2, head), (3, number(2)), (4, head)))
    case('vault_state', 'log_folded', 'ok', tlv((1, number(9)), (2, head), (3, number(2)), (4, head), (5, number(1))))
    case('vault_state', 'log_0', 'damaged_record', tlv((1, number(9)), (2, head), (3, number(0)), (4, head)))
    case('agent', 'logs_reads', 'ok', tlv((1, b'worker'), (2, b'\1'), (3, number(7)), (4, b'\1')))
    case('agent', 'logs_reads_0', 'damaged_record', tlv((1, b'worker'), (2, b'\1'), (3, number(7)), (4, b'\0')))
    case('settings', 'log_reads', 'ok', tlv((1, b'worker'), (2, b'\1')))


def write_all(folder):
    write(
        folder,
        'subkeys_root_log',
        'the subkey of a root key for its log',
        'root_log_subkey',
        'ok',
        ('key', ROOT_LOG),
        ('log', ref.subkey(ROOT_LOG, 5, b'clvroot_')),
    )
    plaintexts(folder)
    names = ('openai:work root', 'openai:home self-reported', 'openai:third root')
    Log().write(folder, 'right', 'a log as it should be', 'ok', *names)
    Log(2500).write(folder, 'folded', 'the same behind a checkpoint', 'ok', *names)
    log = Log()
    log.rows.pop()
    log.write(folder, 'tail_cut_off', 'I01', 'state_mismatch')
    log = Log()
    log.rows.clear()
    log.write(folder, 'deleted', 'I01: the whole log', 'state_mismatch')
    log = Log()
    del log.rows[1]
    log.write(folder, 'middle_removed', 'I01', 'state_mismatch')
    log = Log()
    log.rows[0], log.rows[1] = log.rows[1], log.rows[0]
    log.write(folder, 'reordered', 'I01', 'state_mismatch')
    log = Log()
    log.rows[1] = log.sealed(0, 2, entry(b'openai:other'))
    log.write(folder, 'entry_replaced', 'I01: sealed with the key, and not what was chained', 'state_mismatch')
    log = Log()
    log.rows[1] = log.sealed(0, 2, entry(b'openai:home'), counting(16, 0x22))
    log.write(folder, 'other_agent', 'I01: another agent\'s entry', 'state_mismatch')
    log = Log(2500)
    del log.rows[0]
    log.write(folder, 'checkpoint_removed', 'I01', 'state_mismatch')
    log = Log()
    log.head = bytes(32)
    log.write(folder, 'head_of_zeros', 'I01: another head in the state', 'state_mismatch')
    forged(folder)
    whole_logs(folder)


def forged(folder):
    """A token's holder writes with the agent's key, and claims to be root."""
    log = Log()
    log.count += 1
    claimed = entry(b'openai:work', 1)  # root's own proof, of another position
    sealed = log.sealed(0, log.count, claimed)
    log.head = ref.keyed(LOG, 32, b'head', log.head, log.count.to_bytes(8, 'little'), sealed)
    log.rows.append(sealed)
    log.write(folder, 'in_roots_name', 'I06: a proof of another position', 'state_mismatch')


class Logged(whole_vaults.Whole):
    """A whole vault, its agent's log and its own."""

    def __init__(self):
        super().__init__()
        root_log = ref.subkey(whole_vaults.ROOT, 5, b'clvroot_')
        self.log_rows = []
        agents = self.chain(AGENT, self.keys['log'], (self.told(b'openai:work', root_log),))
        vaults = self.chain(bytes(16), root_log, (tlv(*self.made()),))
        digest = ref.combined(ref.record_digest(self.keys['state'], *record) for record in self.records)
        state = tlv((1, number(3)), (2, number(2)), (3, digest), (4, number(3)), (5, number(1)), (6, agents))
        self.state = ref.seal(self.keys['state'], 'agent.state', VAULT, AGENT, 0, AGENT, state)
        rows = [
            (b'settings', self.settings),
            (b'agent', AGENT, self.lookup, self.key, self.sheet),
            (b'slot', SLOT, b'', b'\2', b'', self.commitment, self.wrapped, b''),
        ]
        digest = ref.combined(ref.keyed(self.root['state'], 32, *row) for row in rows)
        state = tlv((1, number(1)), (2, digest), (3, number(1)), (4, vaults))
        self.vault_state = ref.seal(self.root['state'], 'vault.state', VAULT, bytes(16), 0, bytes(16), state)

    def made(self):
        what = ((1, number(1)), (2, b'\7'), (3, b'\x10'), (4, number(1)))
        return (*what, (6, b'\2'), (8, number(0)), (9, number(0)), (10, b''))

    def told(self, name, root_log):
        fields = ((1, number(2)), (2, b'\1'), (3, b'\1'), (4, number(2)), (5, texts(name)), *self.made()[4:])
        proof = ref.keyed(root_log, 16, b'proof', AGENT, (1).to_bytes(8, 'little'), tlv(*fields))
        return tlv(*fields, (15, proof))

    def chain(self, owner, key, entries):
        head = bytes(32)
        for at, plaintext in enumerate(entries, 1):
            place = at.to_bytes(8, 'little')
            sealed = ref.seal(key, 'log.event', VAULT, owner, 0, place + bytes(8), plaintext)
            head = ref.keyed(key, 32, b'head', head, place, sealed)
            self.log_rows.append((owner, sealed))
        return head


def whole_logs(folder):
    Logged().write(folder, 'with_logs', 'a vault with logs', 'ok', *PROFILES)
    for index, name in ((0, 'agents'), (1, 'vaults')):
        vault = Logged()
        del vault.log_rows[index]
        vault.write(folder, 'without_%s_log' % name, 'I01: a log deleted', 'state_mismatch')
