import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { makeUnit, quote } from '../../../../electron/cli/verbs/runner/unit.ts'
import { newCastellan } from '../castellan.ts'

const UNIT = {
  program: ['/usr/bin/node', '/opt/castellan/castellan.mjs'],
  profile: '/var/lib/castellan',
  user: null,
  credentials: [],
}

function linesOf(unit: string, name: string): readonly string[] {
  return unit.split('\n').filter((line) => line.startsWith(`${name}=`))
}

it('a unit runs as a user that systemd makes, on a folder that it owns, with all credentials of Castellan', () => {
  const unit = makeUnit(UNIT)
  expect(linesOf(unit, 'ExecStart')).toEqual([
    'ExecStart=/usr/bin/node /opt/castellan/castellan.mjs runner --profile /var/lib/castellan',
  ])
  expect(linesOf(unit, 'DynamicUser')).toEqual(['DynamicUser=yes'])
  expect(linesOf(unit, 'StateDirectory')).toEqual(['StateDirectory=castellan'])
  expect(linesOf(unit, 'ImportCredential')).toEqual(['ImportCredential=castellan.*'])
  for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet=', 'ProtectHome=yes']) {
    expect(unit.split('\n')).toContain(line)
  }
  expect(unit).not.toMatch(/^Environment/mu)
})

it('a unit for a named user may have its folder anywhere, and passes the credentials that are named', () => {
  const profile = '/home/ops/register of 100%'
  const credentials = ['castellan.register-key', 'castellan.team-device']
  const unit = makeUnit({ ...UNIT, profile, user: 'ops', credentials })
  expect(linesOf(unit, 'User')).toEqual(['User=ops'])
  expect(linesOf(unit, 'DynamicUser')).toEqual([])
  expect(linesOf(unit, 'StateDirectory')).toEqual([])
  expect(linesOf(unit, 'ReadWritePaths')).toEqual(['ReadWritePaths="/home/ops/register of 100%%"'])
  expect(linesOf(unit, 'ProtectHome')).toEqual(['ProtectHome=read-only'])
  expect(linesOf(unit, 'LoadCredentialEncrypted')).toEqual([
    'LoadCredentialEncrypted=castellan.register-key:/etc/credstore.encrypted/castellan.register-key',
    'LoadCredentialEncrypted=castellan.team-device:/etc/credstore.encrypted/castellan.team-device',
  ])
})

it.each([
  ['/srv/a', '/srv/a'],
  ['/srv/a b', '"/srv/a b"'],
  ['/srv/50%', '/srv/50%%'],
  ['/srv/"a"\\', '"/srv/\\"a\\"\\\\"'],
  ['/srv/é', '"/srv/é"'],
])('the path %s is written as %s', (path, word) => {
  expect(quote(path)).toBe(word)
})

it('runner install prints a unit for the program that runs, or writes it into a file', async () => {
  const castellan = newCastellan()
  const printed = await castellan.run('runner', 'install')
  expect(printed.code).toBe(0)
  expect(printed.out).toContain(' runner --profile /var/lib/castellan\n')
  expect(printed.out).toContain(`ExecStart=${process.execPath} `)
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-unit-')), 'castellan-runner.service')
  expect((await castellan.run('runner', 'install', '--out', path)).code).toBe(0)
  expect(readFileSync(path, 'utf8')).toBe(printed.out)
})

it.each([
  [
    ['--profile', '/srv/castellan'],
    'A user that systemd makes owns no folder outside /var/lib, such as /srv/castellan.',
  ],
  [['--user', 'a b'], '"a b" is not a valid name of a user.'],
  [['--credential', 'register-key'], '"register-key" is not the name of a credential of Castellan.'],
])('runner install %j is refused', async (argv, message) => {
  const ran = await newCastellan().run('runner', 'install', ...argv)
  expect(ran).toMatchObject({ code: 2, out: '' })
  expect(ran.err).toContain(message)
})
