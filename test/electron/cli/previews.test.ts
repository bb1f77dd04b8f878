import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Castellan } from './castellan.ts'
import { commandTree } from './commands.ts'
import { fakeOrganization, withConnection } from './verbs/connected.ts'

/** The command lines that have an option which promises to write nothing, with that option at the end. */
async function previewing(): Promise<string[]> {
  const found = (await commandTree()).flatMap(({ path, command }) =>
    command.options
      .filter(({ long }) => long === '--preview' || long === '--dry-run')
      .map(({ long }) => `${path} ${long}`),
  )
  return found.toSorted()
}

/** What each of them also needs, in a register with an organization and a plan. */
const ARGUMENTS: Readonly<Record<string, (castellan: Castellan) => readonly string[]>> = {
  'import --dry-run': ({ profile }) => {
    const file = join(profile, '..', 'members.csv')
    writeFileSync(file, 'name,email,role\nJane Smith,jane@acme.example,Owner\n')
    return ['import', file, '--kind', 'people', '--provider', 'anthropic', '--client', 'acme-corp']
  },
  'person import --dry-run': ({ profile }) => {
    const file = join(profile, '..', 'people.csv')
    writeFileSync(file, 'name,email,status\nKim,kim@acme.example,active\n')
    return ['person', 'import', file]
  },
  'plan apply --preview': () => ['plan', 'apply', 'Exercise', '--client', 'acme-corp'],
}

/** The files of a profile, except those that only coordinate its processes. */
function fingerprint({ profile }: Castellan): Record<string, string> {
  const files = readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/-(?:shm|wal)$|lock/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]))
}

describe('an option that promises to write nothing', () => {
  it('is known to this test for every verb that has one', async () => {
    expect(await previewing()).toEqual(Object.keys(ARGUMENTS).toSorted())
  })

  it.each(Object.entries(ARGUMENTS))('%s leaves the register byte by byte as it was', async (line, listArguments) => {
    const castellan = await withConnection(await fakeOrganization(), 'read-write')
    await castellan.run('sync')
    await castellan.run('plan', 'new', '--template', 'exercise', '--client', 'acme-corp')
    const option = line.split(' ').at(-1) ?? ''
    const argv = [...listArguments(castellan), option]
    const before = fingerprint(castellan)
    expect(Object.keys(before).some((file) => file.endsWith('register.db'))).toBe(true)
    const ran = await castellan.run(...argv)
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(fingerprint(castellan)).toEqual(before)
    const wal = join(castellan.profile, 'register.db-wal')
    expect(existsSync(wal) ? readFileSync(wal).length : 0).toBe(0)
  })
})
