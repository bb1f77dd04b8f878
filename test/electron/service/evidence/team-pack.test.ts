import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { verifyPack } from '../../../../electron/service/evidence/verify-pack.ts'
import { judgeVerdict, teamWords } from '../../../../shared/report/evidence-checks.ts'
import { parseWitnesses } from '../../../../shared/report/witness.ts'
import { refused } from '../seeded.ts'
import { newFolder, toRecords } from './packs.ts'
import { onLine, resigned } from './resigned.ts'
import { isNamed, someTampering, tamper } from './tampering.ts'
import { followReadme } from './follow-readme.ts'
import { type TeamPacked, teamPacked } from './team-packs.ts'

let pack: TeamPacked
const read = (name: string): string => readFileSync(join(pack.folder, name), 'utf8')

beforeAll(async () => {
  pack = await teamPacked()
})

describe('the pack of a client of a team', () => {
  it('names who signed and who acknowledged by which key, and is known to both devices and by its root; none is written of what waits', async () => {
    const root = (await pack.api.team.status()).root ?? ''
    const own = await pack.api.evidence.verify({ path: pack.folder })
    expect(own).toMatchObject({ ok: true, problems: [], signer: 'own', fingerprint: pack.fingerprint })
    expect(own.team).toMatchObject({
      root,
      known: 'own',
      signed: { member: 'Mara Lind', email: 'mara@northlight.example', role: 'owner', key: pack.fingerprint },
      acknowledged: { member: 'Anna', email: 'anna@northlight.example', role: 'lead' },
      writtenBy: 'Mara Lind',
    })
    expect(own.team?.acknowledged?.key).not.toBe(pack.fingerprint)
    for (const key of [own.team?.signed?.key, own.team?.acknowledged?.key, root])
      expect(read('summary.html')).toContain(key)
    expect(teamWords(own.team!).map(({ label }) => label)).toContain('Acknowledged')
    expect(await pack.anna.api.evidence.verify({ path: pack.zip })).toMatchObject({ ok: true, signer: 'team' })
    const alone = await verifyPack(pack.zip)
    expect(alone).toMatchObject({ ok: true, signer: 'not-compared', team: { known: 'not-compared' } })
    expect(await verifyPack(pack.zip, { root })).toMatchObject({ ok: true, signer: 'team', team: { known: 'given' } })
    const other = await verifyPack(pack.zip, { root: '0'.repeat(64) })
    expect(judgeVerdict(other)).toEqual({ kind: 'unsound', words: 'Of another team' })
    const stranger = await verifyPack(pack.zip, { own: ['ab'], team: { root: 'cd', keys: [] } })
    expect(judgeVerdict(stranger)).toEqual({ kind: 'unknown', words: 'Unchanged, but of an unknown team' })
    await expect(verifyPack(pack.zip, { root: 'x' })).rejects.toThrow('"x" is not the root of a team.')

    const { logs } = await pack.api.team.verify({})
    const ends = [null, 'acme'].map((client) => {
      const { log, batches, head } = logs.find((one) => one.kind !== 'agency' && one.client === client)!
      return { log, position: batches - 1, head }
    })
    expect(parseWitnesses(read('head.txt'))).toEqual(ends)
    expect(parseWitnesses(read('review.md'))).toEqual(ends)
    expect(await pack.api.evidence.verifyRegister({ packs: [pack.zip] })).toMatchObject({ ok: true, problems: [] })
    expect(await pack.anna.api.evidence.verifyRegister({ packs: [pack.zip] })).toMatchObject({ problems: [] })

    // What waits is not signed yet.
    const override = 'The lists are short here.'
    const { reviewId } = await pack.api.reviews.open({ client: 'acme', kind: 'membership', override })
    const why = await refused(pack.api.evidence.pack({ reviewId, directory: newFolder(), zip: false }))
    expect(why).toMatchObject({ code: 'CONFLICT' })
    expect(why.message).toMatch(/^1 decision about this review waits to be placed on the team’s server/u)
  })

  it('has no row of an audit log, and no name of a member or a client that has no part in it', () => {
    expect(readdirSync(pack.folder)).not.toContain('journal.jsonl')
    for (const name of readdirSync(pack.folder)) {
      const text = readFileSync(join(pack.folder, name), 'latin1')
      for (const other of ['Carol', 'carol@', 'orealis']) expect(text.includes(other), `${name} ${other}`).toBe(false)
    }
  })
})

describe('the commands in the pack of a team, without Castellan', () => {
  it('show who signed each entry, and end with an error on a decision that was changed and hashed again', () => {
    const sound = followReadme(pack.folder)
    expect(sound.printed).toContain('Signature Verified Successfully')
    expect(sound.printed).toContain(pack.fingerprint)
    expect(sound.printed).toContain(`review.signed:counts, by Mara Lind, key ${pack.fingerprint}\n`)
    expect(sound.printed).toMatch(/client log, position \d+: review\.acknowledged:counts, by Anna, key [0-9a-f]{64}\n/u)
    expect(sound.printed).toMatch(/\n[0-9a-f-]{36} is Mara Lind\n/u)
    expect(sound.printed).toContain('The pack was signed by the device of Mara Lind\n')
    expect(sound.printed).toMatch(/Both logs are whole and signed, from root [0-9a-f]{64}\n$/u)
    expect(sound.status).toBe(0)
    const signers = toRecords<{ device: string; act: string }>(read('signers.jsonl'))
    const device = signers.find(({ act }) => act === 'signed the review')!.device
    const other = signers.find(({ act }) => act === 'acknowledged the review')!.device
    const forged = resigned(pack.folder, {
      'client-operations.jsonl': (text) => text.replace('"decision":"remove"', '"decision":"keep"'),
      // As if the device of another member, who is not an owner, had made the cards.
      'team-batches.txt': (text) => text.replaceAll(device, other),
      'client-batches.txt': onLine(3, (line) => line.replace(/(?<= )[0-9a-f]{128}(?= )/u, '0'.repeat(128))),
    })
    const { status, printed } = followReadme(forged)
    expect(printed).toMatch(/WRONG: team log, position 0: its device is not in the card/u)
    expect(status).toBe(1)
    expect(printed).toMatch(/WRONG: client log, position \d+: an operation is another one/u)
    expect(printed).toMatch(/WRONG: client log, position \d+: its signature/u)
  })
})

describe('the pack of a team that was changed', () => {
  it('is not sound, and names the row', async () => {
    const names = readdirSync(pack.folder).filter((name) => name !== 'head.sig')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), someTampering, async (name, how) => {
        const bytes = readFileSync(join(pack.folder, name))
        const changed = tamper(bytes, how)
        if (changed === null) return
        const folder = join(newFolder(), basename(pack.folder))
        cpSync(pack.folder, folder, { recursive: true })
        writeFileSync(join(folder, name), changed.bytes)
        const { ok, problems } = await verifyPack(folder)
        expect(ok).toBe(false)
        const rows = new Set(problems.flatMap(({ file, row }) => (file === name && row !== null ? [row] : [])))
        const isLog = name.includes('-batches') || name.includes('-operations')
        expect(isLog && !changed.rows.some((row) => isNamed(row, rows, bytes))).toBe(false)
      }),
      { numRuns: 15 },
    )
  })

  it.each([
    ['a decision in the tables', { 'decisions.jsonl': /"decision":"remove"/u }, 'decisions.jsonl'],
    ['the name under the review', { 'sign-off.jsonl': /Mara Lind/u }, 'sign-off.jsonl'],
    ['the key of a signer', { 'signers.jsonl': /"key":"[0-9a-f]/u }, 'signers.jsonl'],
    ['the effect of the acknowledgement', { 'client-operations.txt': /counts\n$/u }, 'client-operations.txt'],
    [
      'the signature of a batch',
      { 'client-batches.txt': /[0-9a-f](?= [0-9a-f]{64} counts\n$)/u },
      'client-batches.txt',
    ],
    ['the role of a member', { 'client-operations.jsonl': /"role":"lead"/u }, 'client-operations.jsonl'],
    ['the owner of the team', { 'team-operations.jsonl': /"role":"owner"/u }, 'team-operations.jsonl'],
    ['the opening of the review', { 'client-operations.jsonl': /"reviewUid":"[0-9a-f]/u }, 'client-operations.jsonl'],
  ])('in %s, and signed with another key throughout, contradicts itself', async (_, edits, file) => {
    const edit = (text: string): string =>
      text === 'counts\n'
        ? 'no-effect:no-right\n'
        : text.replace(/.(?="?$|\n$|$)/u, (last) => (last === '1' ? '2' : '1'))
    const folder = resigned(
      pack.folder,
      Object.fromEntries(
        Object.entries(edits).map(([name, part]) => [name, (text: string) => text.replace(part, edit)]),
      ),
    )
    const { ok, problems } = await verifyPack(folder)
    expect(ok).toBe(false)
    expect(problems.map((problem) => problem.file)).toContain(file)
  })

  it('shows no acknowledgement of the member who signed, whatever a table calls it', async () => {
    const cut = (text: string): string => text.split('\n').slice(0, -2).join('\n').concat('\n')
    const folder = resigned(pack.folder, {
      'client-batches.txt': cut,
      'client-operations.txt': cut,
      'client-operations.jsonl': cut,
    })
    const { ok, problems, team } = await verifyPack(folder)
    expect([ok, team?.acknowledged]).toEqual([false, null])
    expect(problems.map(({ file }) => file)).toContain('head.txt')
  })
})
