// SPDX-License-Identifier: Apache-2.0
// Prints the environment that `docker create --env-file FILE` asks its daemon for: NAME, blank, value in hexadecimal.
'use strict'
const { spawn } = require('child_process')
const fs = require('fs')
const http = require('http')
const os = require('os')
const path = require('path')

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docker-reader-'))
const socket = path.join(folder, 'socket')
let answer = null

function print (environment) {
  answer = environment.map((entry) => {
    const equals = entry.indexOf('=')
    return `${entry.slice(0, equals)} ${Buffer.from(entry.slice(equals + 1), 'utf8').toString('hex')}\n`
  }).join('')
}

const daemon = http.createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    response.setHeader('Content-Type', 'application/json')
    if (request.url.endsWith('/_ping')) {
      response.setHeader('Api-Version', '1.43')
      return response.end('OK')
    }
    const create = request.url.includes('/containers/create')
    if (create) print(JSON.parse(Buffer.concat(parts)).Env)
    response.statusCode = create ? 201 : 404
    response.end(create ? '{"Id":"0","Warnings":[]}' : '{"message":"not here"}')
  })
})

daemon.listen(socket, () => {
  const environment = { PATH: process.env.PATH, HOME: folder, DOCKER_HOST: `unix://${socket}` }
  const client = spawn('docker', ['create', '--env-file', process.argv[2], 'image'], {
    env: environment, stdio: ['ignore', 'ignore', 'inherit']
  })
  client.on('exit', (code) => {
    daemon.close()
    fs.rmSync(folder, { recursive: true })
    if (answer !== null) process.stdout.write(answer)
    process.exitCode = answer === null ? 1 : code
  })
})
