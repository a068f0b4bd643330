// SPDX-License-Identifier: Apache-2.0
// What the npm package dotenv (folder in DOTENV_PACKAGE) makes of a text, in the form that reader_check compares.
//   file FILE     lines of NAME, blank, value in hexadecimal
//   json FILE     the same for a JSON object, which dotenv has no part in
//   texts FILE    a text in hexadecimal a line -> NAMEHEX=VALUEHEX, comma separated, a line
//   sample FILE   the values as a JSON object
'use strict'
const fs = require('fs')
const dotenv = require(process.env.DOTENV_PACKAGE)

const hex = (text) => Buffer.from(text, 'utf8').toString('hex')
const pairs = (values) => Object.entries(values).map(([name, value]) => `${name} ${hex(value)}\n`).join('')

const [verb, file] = process.argv.slice(2)
const bytes = fs.readFileSync(file)
const answers = {
  file: () => pairs(dotenv.parse(bytes)),
  json: () => pairs(JSON.parse(bytes)),
  sample: () => JSON.stringify(dotenv.parse(bytes), null, 2) + '\n',
  texts: () => bytes.toString().trimEnd().split('\n').map((line) => {
    const values = dotenv.parse(Buffer.from(line, 'hex'))
    return Object.entries(values).map(([name, value]) => `${hex(name)}=${hex(value)}`).join(',') + '\n'
  }).join('')
}
process.stdout.write(answers[verb]())
