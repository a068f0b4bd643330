# SPDX-License-Identifier: Apache-2.0
"""The cases that reference.py writes."""
import reference as ref
from reference import counting, number, texts, tlv, write

VAULT, AGENT, ROW = counting(16, 0x10), counting(16, 0x20), counting(16, 0x30)
KEY = counting(32, 0x40)


def flipped(value, at):
    return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]


def sealed_fields(folder):
    place = dict(column='record.sheet', vault=VAULT, agent=AGENT, kind=1, row=ROW)

    def case(name, comment, expect, sealed, plaintext=b'', key=KEY, **other):
        where = {**place, **other}
        write(
            folder,
            'sealed_field_' + name,
            comment,
            'sealed_field',
            expect,
            ('key', key),
            ('column', where['column']),
            ('vault', where['vault']),
            ('agent', where['agent']),
            ('record_kind', where['kind']),
            ('row', where['row']),
            ('sealed', sealed),
            ('plaintext', plaintext),
        )

    good = ref.seal(KEY, 'record.sheet', VAULT, AGENT, 1, ROW, b'plaintext')
    case('opens', 'a field in its place', 'ok', good, b'plaintext')
    case('empty', 'an empty plaintext', 'ok', ref.seal(KEY, 'record.sheet', VAULT, AGENT, 1, ROW, b''))
    long = counting(64)
    case(
        'full_block',
        '64 bytes take two blocks of padding',
        'ok',
        ref.seal(KEY, 'record.sheet', VAULT, AGENT, 1, ROW, long),
        long,
    )
    for column in (
        'vault.settings',
        'vault.state',
        'agent.key',
        'agent.sheet',
        'agent.state',
        'record.secret',
        'slot.keyring',
        'slot.for_root',
        'log.event',
    ):
        case(
            'column_' + column.replace('.', '_'),
            'the name of a column',
            'ok',
            ref.seal(KEY, column, VAULT, AGENT, 0, ROW, b'x'),
            b'x',
            column=column,
            kind=0,
        )
    case('other_vault', 'A04: moved to another vault', 'damaged_record', good, vault=flipped(VAULT, 0))
    case('other_agent', 'A01: moved to another agent', 'damaged_record', good, agent=flipped(AGENT, 15))
    case('other_row', 'A01: moved to another row', 'damaged_record', good, row=flipped(ROW, 7))
    case('other_kind', 'A03: another kind of record', 'damaged_record', good, kind=4)
    case('other_column', 'A01: moved to the secret\'s column', 'damaged_record', good, column='record.secret')
    case('other_key', 'another key', 'damaged_record', good, key=flipped(KEY, 31))
    case('revision_changed', 'A06: another revision in front', 'damaged_record', flipped(good, 0))
    case('nonce_changed', 'A13', 'damaged_record', flipped(good, 16))
    case('ciphertext_changed', 'A13', 'damaged_record', flipped(good, 40))
    case('tag_changed', 'A13', 'damaged_record', flipped(good, len(good) - 1))
    case('cut_off', 'A14', 'damaged_record', good[:-1])
    case('appended', 'A14', 'damaged_record', good + b'\0')
    case('nothing', 'A14: zero length', 'damaged_record', b'')
    revision = ref.Random.take(16)
    data = ref.associated_data('record.sheet', VAULT, AGENT, 1, ROW, revision)
    for name, body in (
        ('padding_missing', bytes(64)),
        ('padding_short', b'x\x80'),
        ('padding_wrong_mark', bytes(63) + b'\x81'),
        ('padding_far', b'\x80' + bytes(127)),
    ):
        case(
            name,
            'authentic, but padded otherwise than the format says',
            'damaged_record',
            revision + ref.aead_seal(KEY, ref.Random.take(24), body, data),
        )


def key_slots(folder):
    slot, payload = counting(16, 0x50), counting(32, 0x80)

    def case(name, comment, expect, made, agent=b'', kind=2, parameters=b'', key=KEY, vault=VAULT):
        write(
            folder,
            'key_slot_' + name,
            comment,
            'key_slot',
            expect,
            ('vault', vault),
            ('slot', slot),
            ('agent', agent),
            ('slot_kind', kind),
            ('parameters', parameters),
            ('commitment', made[0]),
            ('wrapped', made[1]),
            ('key', key),
            ('payload', payload if expect == 'ok' else b''),
        )

    good = ref.make_slot(VAULT, b'', 2, slot, b'', KEY, payload)
    case('opens', 'a key file\'s slot', 'ok', good)
    case(
        'token_opens',
        'a token\'s slot, with an expiry',
        'ok',
        ref.make_slot(VAULT, AGENT, 4, slot, number(1000), KEY, payload),
        AGENT,
        4,
        number(1000),
    )
    case('other_key', 'not this key: a value, no damage', 'wrong_key', good, key=flipped(KEY, 0))
    case('other_vault', 'A04', 'wrong_key', good, vault=flipped(VAULT, 0))
    case('other_kind', 'A03', 'wrong_key', good, kind=3)
    case('other_parameters', 'A03', 'wrong_key', good, parameters=b'\0')
    case('agent_added', 'A03', 'wrong_key', good, agent=AGENT)
    case('agent_of_zeros', 'A02: zeros are not absence', 'wrong_key', good, agent=bytes(16))
    case('commitment_changed', 'A13', 'wrong_key', (flipped(good[0], 3), good[1]))
    case('wrapped_changed', 'A12: the right key, and damage', 'damaged_slot', (good[0], flipped(good[1], 30)))
    case('wrapped_cut_off', 'A14', 'damaged_slot', (good[0], good[1][:-1]))
    case('wrapped_empty', 'A14', 'damaged_slot', (good[0], b''))


def keys(folder):
    root, agent = ref.root_keys(KEY), ref.agent_keys(KEY)
    write(folder, 'subkeys_root', 'the subkeys of a root key', 'root_subkeys', 'ok', ('key', KEY), *root.items())
    write(folder, 'subkeys_agent', 'the subkeys of an agent key', 'agent_subkeys', 'ok', ('key', KEY), *agent.items())
    write(
        folder,
        'lookup_agent',
        'where an agent lies',
        'agent_lookup',
        'ok',
        ('key', KEY),
        ('name', 'main'),
        ('lookup', ref.keyed(KEY, 16, b'agent', b'main')),
    )
    for kind, name in ((1, 'openai:work'), (2, 'openai'), (4, 'OPENAI_API_KEY')):
        write(
            folder,
            'lookup_record_%d' % kind,
            'where a record lies',
            'record_lookup',
            'ok',
            ('key', KEY),
            ('record_kind', kind),
            ('name', name),
            ('lookup', ref.keyed(KEY, 16, bytes([kind]), name.encode())),
        )
    write(
        folder,
        'fingerprint',
        'of a secret',
        'fingerprint',
        'ok',
        ('key', KEY),
        ('name', 'sk-test-1'),
        ('fingerprint', ref.keyed(KEY, 16, b'sk-test-1')[:8]),
    )
    rows = ((1, ROW, b'sheet', b'secret'), (2, ROW, b'sheet', None), (4, counting(16), b'', b''))
    write(
        folder,
        'digest_of_records',
        'kind, lookup, sheet and secret (- for none) of each',
        'record_digest',
        'ok',
        ('key', KEY),
        *(
            ('record', ' '.join([str(k), l.hex(), s.hex() or '""', '-' if t is None else t.hex() or '""']))
            for k, l, s, t in rows
        ),
        ('digest', ref.combined(ref.record_digest(KEY, *row) for row in rows))
    )


def texts_of_keys(folder):
    def case(kind, name, comment, expect, text, *fields):
        write(folder, kind + '_' + name, comment, kind, expect, ('text', text), *(fields if expect == 'ok' else ()))

    line = ref.key_file(VAULT, KEY)
    case('key_file', 'reads', 'a key file', 'ok', line, ('vault', VAULT), ('key', KEY))
    case('key_file', 'other_magic', 'A15', 'bad_input', line.replace('KEY-1', 'KEY-2'))
    case('key_file', 'short_id', 'A14', 'bad_input', line.replace(VAULT.hex(), VAULT.hex()[:-2]))
    case(
        'key_file',
        'stray_bits',
        'A14: base64 that is not canonical',
        'bad_input',
        line[:-2] + chr(ord(line[-2]) + 1) + '=',
    )
    case('key_file', 'without_padding', 'A14', 'bad_input', line[:-1])
    case('key_file', 'short_key', 'A14', 'bad_input', ref.key_file(VAULT, KEY[:31]))
    word = ref.token(ROW, KEY)
    case('agent_token', 'reads', 'a token', 'ok', word, ('slot', ROW), ('key', KEY))
    case('agent_token', 'other_prefix', 'A15', 'bad_input', 'clv2' + word[4:])
    case(
        'agent_token',
        'one_character',
        'mistyped, not revoked',
        'bad_input',
        word[:20] + ('A' if word[20] != 'A' else 'B') + word[21:],
    )
    case('agent_token', 'cut_off', 'A14', 'bad_input', word[:-1])
    case('agent_token', 'padded', 'A14', 'bad_input', word + '==')
    code = ref.recovery_code(KEY)
    case('recovery_code', 'reads', 'a code', 'ok', code, ('key', KEY))
    case(
        'recovery_code',
        'misread',
        'letters for digits, lower case, no dashes',
        'ok',
        code.lower().replace('-', '').replace('0', 'o').replace('1', 'l'),
        ('key', KEY),
    )
    wrong = '2' if code[7] != '2' else '3'
    case('recovery_code', 'one_character', 'the checksum refuses it', 'bad_input', code[:7] + wrong + code[8:])
    case('recovery_code', 'no_such_letter', 'U is in no code', 'bad_input', 'U' + code[1:])
    case('recovery_code', 'group_missing', 'A14', 'bad_input', code[5:])


def passphrases(folder):
    def parameters(operations, memory):
        return operations.to_bytes(4, 'little') + memory.to_bytes(4, 'little') + counting(16)

    def case(name, comment, expect, given, key=b''):
        write(
            folder,
            'passphrase_' + name,
            comment,
            'passphrase',
            expect,
            ('passphrase', b'correct horse'),
            ('parameters', given),
            ('key', key),
        )

    # From an implementation of RFC 9106 of its own, itself checked with the RFC's vector.
    case(
        'derives',
        'Argon2id, 2 passes over 64 MiB',
        'ok',
        parameters(2, 64),
        bytes.fromhex('9aab5a81db651bf866ff7b6169794d2ad9bb00f3d95177925a5fca692a34dbd1'),
    )
    for name, given in (
        ('one_pass', parameters(1, 64)),
        ('eleven_passes', parameters(11, 64)),
        ('little_memory', parameters(2, 63)),
        ('much_memory', parameters(2, 1025)),
        ('all_memory', parameters(2, 0xFFFFFFFF)),
        ('endless', parameters(0xFFFFFFFF, 64)),
        ('zeros', bytes(24)),
        ('short', parameters(2, 64)[:-1]),
        ('long', parameters(2, 64) + b'\0'),
        ('empty', b''),
    ):
        case(name, 'A08, A09: refused before any work', 'parameters_out_of_bounds', given)


def plaintexts(folder):
    def case(of, name, expect, given, comment='a plaintext'):
        write(folder, 'plaintext_%s_%s' % (of, name), comment, 'plaintext', expect, ('type', of), ('bytes', given))

    sheet = ref.profile_sheet(ROW, counting(8))
    case('profile', 'bare', 'ok', sheet)
    case(
        'profile',
        'full',
        'ok',
        tlv(
            (1, b'openai:work'),
            (2, b' OpenAI '),
            (3, b'\3'),
            (4, b'\1'),
            (5, number(1800000000123)),
            (6, b'1.8e12'),
            (7, b'someone@example.com'),
            (8, b'Work'),
            (9, texts(b'env', b'OPENAI_API_KEY', b'default')),
            (10, texts(b'file', b'/token')),
            (11, b'\1'),
            (12, b'\x1f'),
            (13, b'\7'),
            (14, number(1)),
            (15, number(-2)),
            (16, number(3)),
            (17, ROW),
            (18, counting(8)),
        ),
    )
    case('profile', 'newer', 'newer_format', b'\2' + sheet[1:], 'A15')
    case('profile', 'version_0', 'damaged_record', b'\0' + sheet[1:], 'A15')
    case('profile', 'trailing', 'damaged_record', sheet + b'\0', 'A14')
    case('profile', 'unknown_tag', 'damaged_record', sheet + b'\x13\0\0\0\0', 'a tag behind the last')
    case('profile', 'twice', 'damaged_record', sheet[:17] + sheet[1:], 'a field that comes twice')
    case('profile', 'no_id', 'damaged_record', b'\1' + sheet[17:], 'a field that is missing')
    case('profile', 'empty_id', 'damaged_record', ref.profile_sheet(ROW, counting(8), b''), 'an id that cannot be')
    case('profile', 'long_length', 'damaged_record', sheet[:2] + b'\xff' + sheet[3:], 'a length beyond the end')
    case('credential', 'full', 'ok', tlv((1, b'k'), (2, b't'), (3, b'a'), (4, b'r'), (5, b'i'), (32, b'{}')))
    case('credential', 'bare', 'ok', tlv())
    case('credential', 'empty_foreign', 'damaged_record', tlv((32, b'')))
    case('secret_text', 'value', 'ok', tlv((1, b'value')))
    case('order', 'full', 'ok', tlv((1, b'OpenAI'), (2, texts(b'b', b'a', b'b')), (3, b'a')))
    case('order', 'empty', 'ok', tlv((1, b'openai'), (2, b'')), 'an order without ids is not the same as none')
    case('order', 'uneven', 'damaged_record', tlv((1, b'openai'), (2, b'\1\0\0')))
    case(
        'usage',
        'full',
        'ok',
        tlv(
            (1, b'p'),
            (2, number(1)),
            (3, number(2)),
            (4, number(3)),
            (5, number(4)),
            (6, number(5)),
            (7, number(6)),
            (8, number(7)),
            (9, texts(b'auth', b'2', b'rate_limit', b'-1')),
            (10, b'r'),
            (11, b'm'),
            (12, b'd'),
            (13, b'{}'),
        ),
    )
    case('usage', 'descending', 'damaged_record', tlv((1, b'p'), (9, texts(b'b', b'1', b'a', b'2'))))
    case(
        'usage',
        'leading_zero',
        'damaged_record',
        tlv((1, b'p'), (9, texts(b'a', b'01'))),
        'A14: a number in another form',
    )

    def variable(name):
        return tlv((1, name), (2, b'\1'), (3, number(1)), (4, number(2)), (5, number(3)), (6, ROW), (7, counting(8)))

    case('variable', 'full', 'ok', variable(b'OPENAI_API_KEY'))
    case('variable', 'bad_name', 'damaged_record', variable(b'NO NAME'))
    case('pin', 'full', 'ok', tlv((1, b'session'), (2, b'p'), (3, number(1))))
    case('foreign', 'full', 'ok', tlv((1, b'openclaw'), (2, ROW)))
    case('agent', 'full', 'ok', tlv((1, b'worker'), (2, b'\1'), (3, number(7))))
    case(
        'agent',
        'upper_case',
        'damaged_record',
        tlv((1, b'WORKER'), (2, b'\1'), (3, number(7))),
        'a name not in its stored form',
    )
    case('agent', 'inheritance_2', 'damaged_record', tlv((1, b'worker'), (2, b'\2'), (3, number(7))))
    case('settings', 'full', 'ok', tlv((1, b'worker')))
    case('keyring', 'full', 'ok', tlv((1, AGENT), (2, b'worker'), (3, KEY), (4, ROW), (5, KEY), (6, KEY), (7, KEY)))
    case('keyring', 'bare', 'ok', tlv((1, AGENT), (2, b'worker'), (3, KEY)))
    case('keyring', 'half_shared', 'damaged_record', tlv((1, AGENT), (2, b'worker'), (3, KEY), (4, ROW), (5, KEY)))
    case(
        'agent_state',
        'full',
        'ok',
        tlv((1, number(9)), (2, number(8)), (3, KEY), (4, number(7)), (5, number(6)), (6, KEY)),
    )
    case('vault_state', 'full', 'ok', tlv((1, number(9)), (2, KEY)))
    flags = sheet.index(b'\x0d\1\0\0\0') + 5
    case(
        'profile',
        'placeholder',
        'ok',
        sheet[:flags] + b'\x08' + sheet[flags + 1 :],
        'S11: what stands for the secret is none',
    )
    case(
        'profile',
        'unknown_flag',
        'damaged_record',
        sheet[:flags] + b'\x10' + sheet[flags + 1 :],
        'a flag behind the last',
    )
    standing = variable(b'A').index(b'\x02\1\0\0\0') + 5

    def standing_of(value):
        sheet = variable(b'A')
        return sheet[:standing] + value + sheet[standing + 1 :]

    case('variable', 'placeholder', 'ok', standing_of(b'\2'), 'S11: what stands for the value is none')
    case('variable', 'standing_3', 'damaged_record', standing_of(b'\3'), 'a standing behind the last')

    def config_secret(path):
        return tlv((1, path), (2, number(1)), (3, number(2)), (4, number(3)), (5, ROW), (6, counting(8)))

    case('config_secret', 'full', 'ok', config_secret(b'channels.telegram.botToken'))
    case('config_secret', 'escaped', 'ok', config_secret(b'models.providers.my\\.own.apiKey'), 'a dot within a name')
    case('config_secret', 'no_path', 'damaged_record', config_secret(b''))
    case('config_secret', 'control', 'damaged_record', config_secret(b'a\nb'), 'a path that cannot be')
    case('agent', 'config', 'ok', tlv((1, b'@config'), (2, b'\1'), (3, number(7))), 'the one name that is none')
    case('agent', 'at_sign', 'damaged_record', tlv((1, b'@other'), (2, b'\1'), (3, number(7))))


def write_all(folder):
    import custodies
    import logs
    import whole_vaults

    whole = (whole_vaults.write_all, logs.write_all, custodies.write_all)
    for part in (sealed_fields, key_slots, keys, texts_of_keys, passphrases, plaintexts, *whole):
        part(folder)
