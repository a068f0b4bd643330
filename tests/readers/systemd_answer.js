// SPDX-License-Identifier: Apache-2.0
// Lines of NAME=value or NAME="value with \escapes", as systemd's generator prints them -> NAME, blank, hexadecimal.
'use strict'
const fs = require('fs')

const letters = { n: '\n', t: '\t' }
const plain = (value) => value.startsWith('"')
  ? value.slice(1, -1).replace(/\\([\s\S])/g, (_, letter) => letters[letter] ?? letter)
  : value

for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
  const equals = line.indexOf('=')
  if (equals < 0 || !line.startsWith('NASTY_')) continue
  process.stdout.write(`${line.slice(0, equals)} ${Buffer.from(plain(line.slice(equals + 1))).toString('hex')}\n`)
}
