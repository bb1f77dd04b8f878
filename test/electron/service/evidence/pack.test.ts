import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'

import { journal, type JournalRow } from '../../../../electron/register/db/journal.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { storeEvents } from '../../../../electron/register/events/log.ts'
import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import { loggedEvent } from '../../../fixtures/apply-agency.ts'
import { federation } from '../../register/findings/parts.ts'
import { key, user } from '../../register/registers.ts'
import { CLOSURES, DECISIONS, ITEMS } from '../../../../shared/report/evidence-items.ts'
import { type Cells, newFolder, packed, reviewed, toCsv, toRecords } from './packs.ts'
import { acmeParts, refused } from '../seeded.ts'
import { newService } from '../services.ts'
import { asOrdinaryUser } from '../../../temporary/ordinary-user.ts'

const toText = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8')

const toJson = (folder: string, name: string) =>
  toRecords<Readonly<Record<string, unknown>>>(toText(folder, `${name}.jsonl`))

/** The commands that VERIFY.md gives under a heading. */
function listCommands(folder: string, heading: string): string[] {
  const [, section = ''] = toText(folder, 'VERIFY.md').split(`${heading}\n`)
  const [own = ''] = section.split('\n## ')
  return [...own.matchAll(/^ {4}(\S+ .*)$/gmu)].map(([, command = '']) => command)
}

/** The rows of every table of a Markdown document, as a reader shows their cells. */
function toTables(text: string): readonly (readonly string[])[][] {
  const { children } = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const shown = (node: Nodes): string =>
    'children' in node ? node.children.map(shown).join('') : 'value' in node ? node.value : ''
  return children.flatMap((node) =>
    node.type === 'table' ? [node.children.map((row) => row.children.map(shown))] : [],
  )
}

const sh = (folder: string, command: string) =>
  spawnSync('bash', ['-o', 'pipefail', '-c', command], { cwd: folder, encoding: 'utf8' })

describe('an evidence pack', () => {
  it('is accepted by sha256sum and openssl, with its own commands, and is refused once a byte is changed', async () => {
    const { folder, fingerprint } = await packed()
    const [sums = '', signature = '', print = '', ...more] = listCommands(folder, '# How to check this pack')
    expect(more).toEqual([])
    expect([sums, signature, print].map((command) => command.split(' ')[0])).toEqual([
      'sha256sum',
      'openssl',
      'openssl',
    ])
    const whole = sh(folder, sums)
    expect(whole).toMatchObject({ status: 0, stderr: '' })
    const ok = whole.stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/: OK$/u, ''))
    expect(ok.toSorted()).toEqual(
      readdirSync(folder)
        .filter((name) => !name.startsWith('head.'))
        .toSorted(),
    )
    expect(sh(folder, signature)).toMatchObject({ status: 0, stdout: 'Signature Verified Successfully\n' })
    expect(sh(folder, print).stdout).toBe(`${fingerprint}  -\n`)
    expect(toText(folder, 'VERIFY.md')).toContain(`    ${fingerprint}\n`)
    for (const name of readdirSync(folder)) {
      const before = readFileSync(join(folder, name))
      const after = Buffer.from(before)
      after[20] = (after[20] ?? 0) ^ 1
      writeFileSync(join(folder, name), after)
      const { status } = sh(folder, `(${sums}) && (${signature})`)
      writeFileSync(join(folder, name), before)
      expect([name, status !== 0]).toEqual([name, true])
    }
  })

  it('gives commands that find a row, and that follow the chain', async () => {
    const { folder } = await packed()
    const [line = '', listed = ''] = listCommands(folder, '## Which row was changed')
    const found = sh(folder, line.replace('12p', '2p')).stdout.slice(0, 64)
    expect(sh(folder, listed.replace(':12', ':2')).stdout).toBe(`${found}  items.jsonl:2\n`)
    const [chain = ''] = listCommands(folder, '## The audit log')
    const [first = ''] = toText(folder, 'journal.jsonl').split('\n')
    expect(sh(folder, chain).stdout.slice(0, 64)).toBe((JSON.parse(first) as { readonly hash: string }).hash)
  })

  it('contains the population, the decisions, their results and the signer, alike in every format', async () => {
    const { folder, api, reviewId } = await packed()
    const { rows } = await api.reviews.items({ reviewId })
    expect((await toCsv(folder, 'items')).map((row) => row['Name'])).toEqual(rows.map(({ name }) => name))
    expect((await toCsv(folder, 'decisions')).map((row) => row['Decision'])).toEqual([
      'remove',
      ...rows.slice(1).map(() => 'keep'),
    ])
    expect(toJson(folder, 'decisions')[0]).toMatchObject({
      decision: 'remove',
      why: 'Left, =SUM(A1)\n| second line <b>',
      reviewer: expect.any(String) as string,
    })
    expect(await toCsv(folder, 'closures')).toMatchObject([
      { Item: '1', Action: 'remove', State: 'pending', 'Verified by a sync': 'no' },
    ])
    const signOff = Object.fromEntries((await toCsv(folder, 'sign-off')).map((row) => [row['Field'], row['Value']]))
    expect(signOff).toMatchObject({
      'Signed by': 'Mara Lindqvist',
      'Acknowledged by management': 'not acknowledged',
      Items: String(rows.length),
      Undecided: '0',
      'To be removed': '1',
    })
    const header = Object.fromEntries(toJson(folder, 'header').map(({ field, value }) => [field, value]))
    expect(header).toMatchObject({
      Client: 'acme (acme)',
      Kind: 'roles',
      Cadence: 'every 3 months',
      'Pack before it': 'none',
      reviewRolesMonths: '3',
    })
    for (const name of [
      'header',
      'population',
      'rosters',
      'service-accounts',
      'items',
      'decisions',
      'closures',
      'sign-off',
      'controls',
    ]) {
      const csv = await toCsv(folder, name)
      const json = toJson(folder, name)
      expect([name, csv.length]).toEqual([name, json.length])
      expect(Object.keys(csv[0] ?? {}).length).toBe(Object.keys(json[0] ?? {}).length)
    }
    expect(toText(folder, 'review.md')).toContain('| 1 | ')
  })

  it('contains typed text literally, and neither a spreadsheet nor a Markdown reader interprets it', async () => {
    const { folder } = await packed()
    const typed = '=1+1 | needed; *checked* with <b>the lead'
    expect((await toCsv(folder, 'decisions')).at(-1)?.['Justification']).toBe(`'${typed}`)
    expect(toJson(folder, 'decisions').at(-1)?.['why']).toBe(typed)
    const cells = toTables(toText(folder, 'review.md')).flatMap((table) => table.map((row) => row.join('\n')))
    expect(cells.filter((row) => row.includes(`keep\n${typed}\n`))).toHaveLength(toJson(folder, 'items').length - 1)
    expect(cells.filter((row) => row.includes('remove\nLeft, =SUM(A1) | second line <b>\n'))).toHaveLength(1)
  })

  it('contains a removal that a sync has verified, and how long it took', async () => {
    const { api, reviewId, clock, read, connections } = await reviewed()
    clock.now += 7_200_000
    const removed = acmeParts().map((part) => ({
      ...part,
      facts: part.facts.filter((fact) => !JSON.stringify(fact).includes('"u1"')),
    }))
    read(connections.acme, removed)
    const { path } = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    expect(await toCsv(path, 'closures')).toMatchObject([
      { State: 'done', 'Hours from decision': '2', 'Verified by a sync': 'yes', 'Residual access': '' },
    ])
    expect(toText(path, 'review.md')).toContain('| Removals and changes shown done by a sync | 1 |')
  })

  it('is written only by the profile’s writer; a reader may verify', async () => {
    const { service, reviewId, folder } = await packed()
    const { profile } = service.context.session()
    await service.close()
    const { api } = await newService({ profile, mode: 'read' })
    expect(await refused(api.evidence.pack({ reviewId, directory: newFolder() }))).toMatchObject({ code: 'READ_ONLY' })
    expect(await api.evidence.verify({ path: folder })).toMatchObject({ ok: true })
    expect(await api.evidence.verifyRegister()).toMatchObject({ ok: true, problems: [] })
  })

  it('has what the provider itself recorded of the client since the last review, and states where nothing was', async () => {
    const { reviewId, service, api, connections, clock } = await reviewed()
    const none = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    expect(await toCsv(none.path, 'provider-log')).toMatchObject([
      { Event: '', Read: 'not read', 'What was not read': 'The sync did not read provider log.' },
    ])
    const at = clock.now - 3_600_000
    const event = loggedEvent({
      n: 1,
      at,
      user: 'u1',
      type: 'user.updated',
      act: 'changed',
      subject: { kind: 'user', externalId: 'u2', name: null },
      role: 'owner',
      level: 'owner',
      actor: { kind: 'user', externalId: 'u1', email: 'boss@acme.example', address: null, agent: null },
    })
    makeRegister(service.context).transact((writer) => {
      for (const connectionId of [connections.acme, connections.borealis]) {
        storeEvents(writer, { id: 0, connectionId }, { events: [event], position: null, isEnd: false })
      }
    })
    const { path } = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    const rows = await toCsv(path, 'provider-log')
    expect(rows).toMatchObject([{ Event: 'Member changed', Role: 'owner', By: 'Mara Lindqvist', 'Subject ID': 'u2' }])
    expect(await api.evidence.verify({ path })).toMatchObject({ ok: true, problems: [] })
  })

  it('has each service account as of the sync of the review: owner, purpose, credential, rotation, lifetime, dependants', async () => {
    const { reviewId, api, read, connections } = await reviewed()
    const none = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    expect(await toCsv(none.path, 'service-accounts')).toMatchObject([{ ID: '', Account: '' }])
    const owner = { externalId: 'svc_1', kind: 'service-account' as const, name: 'ci', email: null }
    read(connections.acme, [
      ...acmeParts(),
      {
        source: 'service-accounts' as const,
        facts: [user('svc_1', { kind: 'service-account', name: 'ci', email: null, roleRaw: null, level: null })],
      },
      {
        source: 'keys' as const,
        facts: [
          key('key_ci', {
            name: 'prod-shop-build',
            createdAt: Date.UTC(2026, 8, 2),
            ownerState: 'known',
            owner,
          }),
        ],
      },
      { source: 'federation-rules' as const, facts: [federation({ account: 'svc_1' })] },
    ])
    const { reviewId: later } = await api.reviews.open({ client: 'acme', kind: 'keys', override: 'Short lists.' })
    const { path } = await api.evidence.pack({ reviewId: later, directory: newFolder(), zip: false })
    expect((await toCsv(path, 'service-accounts')).filter(({ Account }) => Account !== '')).toMatchObject([
      {
        ID: 'svc_1',
        Account: 'ci',
        Owner: '',
        Purpose: 'build',
        Credential: '1 key and federation',
        'Last rotation': '2026-09-02',
        Lifetime: '1 key without an end',
        Dependants: expect.stringContaining('prod-shop-build; workloads of the repository acme/web') as string,
        Status: 'active',
      },
    ])
    expect(await api.evidence.verify({ path })).toMatchObject({ ok: true, problems: [] })
    // The earlier review keeps the state of its own sync.
    const again = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    expect(await toCsv(again.path, 'service-accounts')).toEqual(await toCsv(none.path, 'service-accounts'))
  })

  it('has a row for an empty roster, for one that was not read, and for every control the file that serves it', async () => {
    const { folder } = await packed()
    const rosters = await toCsv(folder, 'rosters')
    const roster = (name: string): Cells[] => rosters.filter((row) => row['Roster'] === name)
    expect(roster('Archived projects')).toMatchObject([{ Members: '0', Name: '', Read: 'read' }])
    expect(roster('Groups')).toMatchObject([
      { Members: '', Name: '', Read: 'not read', 'What was not read': 'The sync did not read groups.' },
    ])
    expect(roster('Administrators')).toMatchObject([{ Members: '1', Name: 'Mara Lindqvist', 'In this review': 'yes' }])
    const files = readdirSync(folder)
    for (const control of await toCsv(folder, 'controls')) expect(files).toContain(`${control['File']}.jsonl`)
    const columns = new Map<string, string>(
      [ITEMS, DECISIONS, CLOSURES].map(({ name, fields }) => [name, JSON.stringify(Object.values(fields))]),
    )
    for (const { File = '', Columns = '' } of await toCsv(folder, 'controls')) {
      const head = columns.get(File)
      const named = Columns.split(', ').filter((column) => !/^(?:Kind service|and key)/u.test(column))
      expect([File, named.filter((column) => head !== undefined && !head.includes(`"${column}"`))]).toEqual([File, []])
    }
  })

  it('contains nothing of another client, and the chain still holds', async () => {
    const { folder, service } = await packed()
    for (const name of readdirSync(folder))
      expect([name, toText(folder, name).includes('orealis')]).toEqual([name, false])
    const lines = toText(folder, 'journal.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly hash: string; readonly seq?: number; readonly row?: JournalRow })
    const rows = getReader(service.context).all<JournalRow>('SELECT * FROM journal')
    const opened = rows.find(({ action }) => action === 'review.opened')?.seq ?? 0
    expect(lines.map(({ hash, seq, row }) => [row?.seq ?? seq, hash])).toEqual(
      rows
        .filter(({ seq, action }) => seq >= opened && action !== 'evidence.packed')
        .map(({ seq, hash }) => [seq, hash]),
    )
    expect(lines.filter(({ row }) => row === undefined).length).toBeGreaterThan(0)
  })

  it('seals a row of the journal that holds what looks like a secret', async () => {
    const all = await reviewed()
    makeRegister(all.service.context).transact((writer) =>
      journal(writer, {
        at: 1,
        operator: 'Mara',
        action: 'credential.set',
        client: 'acme',
        subject: 'sk-proj-Qm7xMARKEDvN2kQm7xMARKEDvN2kQm7xMARKEDvN2k',
        body: {},
      }),
    )
    const { path } = await all.api.evidence.pack({ reviewId: all.reviewId, directory: newFolder(), zip: false })
    expect(toText(path, 'journal.jsonl')).not.toContain('MARKED')
    expect(await all.api.evidence.verify({ path })).toMatchObject({ ok: true })
  })

  it('names the previous pack, and never overwrites one', async () => {
    const { api, reviewId, folder, service } = await packed()
    const directory = join(folder, '..')
    const second = await api.evidence.pack({ reviewId, directory })
    expect(second.path).toBe(`${folder}-2`)
    expect(existsSync(second.zipPath ?? '')).toBe(true)
    const manifest = execFileSync('sha256sum', [join(folder, 'manifest.sha256')], { encoding: 'utf8' }).slice(0, 64)
    const header = Object.fromEntries(toJson(second.path, 'header').map(({ field, value }) => [field, value]))
    expect(header['Manifest hash of the pack before it']).toBe(manifest)
    const bodies = getReader(service.context).column<string>(
      "SELECT body FROM journal WHERE action = 'evidence.packed' ORDER BY seq",
    )
    expect(bodies.map((body) => (JSON.parse(body) as { readonly manifest: string }).manifest)[0]).toBe(manifest)
    expect(JSON.parse(bodies[1] ?? '')).toMatchObject({ head: second.headHash, fingerprint: second.fingerprint })
    expect(await api.evidence.verify({ path: folder })).toMatchObject({ ok: true })
  })

  it('is written atomically, and the journal records one that was not', async () => {
    const { api, reviewId, service } = await reviewed()
    const directory = newFolder()
    expect(await refused(api.evidence.pack({ reviewId: 999, directory }))).toMatchObject({ code: 'NOT_FOUND' })
    writeFileSync(join(directory, 'file'), '')
    expect(await refused(api.evidence.pack({ reviewId, directory: join(directory, 'file') }))).toMatchObject({
      code: 'INVALID',
    })
    expect(readdirSync(directory)).toEqual(['file'])
    // Another process takes the name while it is being written: a folder with content cannot be replaced.
    const { packEvidence } = await import('../../../../electron/service/evidence/pack.ts')
    const work = packEvidence(service.context, { reviewId, directory, zip: true })
    const name = `acme-roles-2026-04-01`
    mkdirSync(join(directory, name))
    writeFileSync(join(directory, name, 'mine.txt'), '')
    await expect(work).rejects.toThrow('another file took its name')
    expect(readdirSync(directory).toSorted()).toEqual([name, 'file'])
    expect(readdirSync(join(directory, name))).toEqual(['mine.txt'])
    const actions = getReader(service.context).column<string>(
      "SELECT action FROM journal WHERE action LIKE 'evidence.%' ORDER BY seq",
    )
    expect(actions).toEqual(['evidence.key-noted', 'evidence.packed', 'evidence.packed.failed'])
  })

  it('reports why it cannot be written into a folder without permission', () =>
    asOrdinaryUser(async () => {
      const { api, reviewId } = await reviewed()
      const directory = newFolder()
      chmodSync(directory, 0o500)
      expect(await refused(api.evidence.pack({ reviewId, directory }))).toMatchObject({ code: 'INVALID' })
      chmodSync(directory, 0o700)
    }))

  it('is signed by a permanent key: in a file of this user alone, or in the keychain', async () => {
    const { api, reviewId, service, fingerprint } = await packed()
    const { profile } = service.context.session()
    expect(statSync(join(profile, 'evidence.key')).mode & 0o777).toBe(0o600)
    const again = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    expect(again).toMatchObject({ fingerprint, zipPath: null })
    expect((await api.app.info()).notices.map(({ kind }) => kind)).toContain('signing-key-in-file')
    const meta = getReader(service.context).column<string>(
      "SELECT value FROM meta WHERE key LIKE 'evidence%' ORDER BY key",
    )
    expect(meta).toEqual([fingerprint, toText(again.path, 'public-key.pem')])
    // The private half is neither in a pack nor in the register.
    const secret = readFileSync(join(profile, 'evidence.key'), 'utf8').trim()
    for (const name of readdirSync(again.path)) expect(toText(again.path, name)).not.toContain(secret.slice(-40))
    for (const table of ['meta', 'journal']) {
      expect(JSON.stringify(getReader(service.context).all(`SELECT * FROM ${table}`))).not.toContain(secret.slice(-40))
    }
    const kept = { ...memoryStore(''), kind: 'keychain' as const }
    const inKeychain = await packed({ secrets: kept })
    expect(existsSync(join(inKeychain.service.context.session().profile, 'evidence.key'))).toBe(false)
    expect(await kept.get('signing-key')).toMatch(/^[A-Za-z0-9+/=]{64}$/u)
  })

  it('can be written of a review that is still open, and states that', async () => {
    const { api, service } = await reviewed()
    const { reviewId } = await api.reviews.open({ client: 'acme', kind: 'membership', override: 'x' })
    const { path } = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    expect((await toCsv(path, 'decisions')).every((row) => row['Decision'] === 'undecided')).toBe(true)
    expect(await toCsv(path, 'sign-off')).toContainEqual({ Field: 'Signed by', Value: 'not signed' })
    expect(await api.evidence.verify({ path })).toMatchObject({ ok: true, problems: [] })
    expect(service.context.session().mode).toBe('write')
  })
})
