import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { verifyPack } from '../../../../electron/service/evidence/verify-pack.ts'
import { newFolder, packed } from './packs.ts'
import { isNamed, someTampering, tamper } from './tampering.ts'
import { newZip, renamedInside } from './zips.ts'
import { drillRuns } from '../../../drills/drill.ts'

let folder = ''
let zip = ''
let files: readonly (readonly [string, Buffer])[] = []

beforeAll(async () => {
  ;({ folder, zip } = await packed())
  files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const)
})

/** The files in the folder of a pack with some changed, added (or, with null, removed). */
async function problemsWith(changes: Readonly<Record<string, string | Buffer | null>>) {
  const copy = newFolder()
  const all = new Map<string, string | Buffer | null>([...files, ...Object.entries(changes)])
  for (const [name, bytes] of all) if (bytes !== null) writeFileSync(join(copy, name), bytes)
  return (await verifyPack(copy)).problems
}

const toText = (name: string): string => files.find(([own]) => own === name)?.[1].toString() ?? ''

describe('a zip of a pack', () => {
  const inZip = (name: string): string => `acme-roles-2026-04-01/${name}`

  it('holds what the folder holds, and verifies as it does', async () => {
    const unpacked = newFolder()
    execFileSync('unzip', ['-q', zip, '-d', unpacked])
    const own = join(unpacked, 'acme-roles-2026-04-01')
    expect(readdirSync(own).toSorted()).toEqual(files.map(([name]) => name).toSorted())
    for (const [name, bytes] of files) expect(readFileSync(join(own, name)).equals(bytes)).toBe(true)
    const [inside, beside] = [await verifyPack(zip), await verifyPack(folder)]
    expect(inside).toEqual(beside)
    expect(inside.ok).toBe(true)
  })

  it('is read with and without a folder around its files', async () => {
    const path = join(newFolder(), 'flat.zip')
    await newZip(path, files)
    expect(await verifyPack(path)).toMatchObject({ ok: true })
  })

  it('names what was tampered with inside', async () => {
    const someFile = fc.nat().map((n) => files[n % files.length])
    const path = join(newFolder(), 'tampered.zip')
    await fc.assert(
      fc.asyncProperty(someFile, someTampering, async (file, tampering) => {
        const [name, bytes] = file ?? ['', Buffer.alloc(0)]
        const tampered = tamper(bytes, tampering)
        fc.pre(tampered !== null && name !== 'head.sig')
        if (tampered === null) return
        await newZip(
          path,
          files.map(([own, content]) => [inZip(own), own === name ? tampered.bytes : content]),
        )
        const { problems } = await verifyPack(path)
        expect([...new Set(problems.map((problem) => problem.file))]).toEqual([name])
        const named = new Set(problems.map(({ row }) => row ?? 0))
        expect(tampered.rows.filter((row) => ![tampered.bytes, bytes].some((all) => isNamed(row, named, all)))).toEqual(
          [],
        )
      }),
      drillRuns('hostile-packs'),
    )
  })

  it('that is damaged itself gives a problem or a clear error, never a sound verdict', async () => {
    const whole = readFileSync(zip)
    const path = join(newFolder(), 'damaged.zip')
    const intact = await verifyPack(zip)
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (place, mask) => {
        const bytes = Buffer.from(whole)
        bytes[place % whole.length] = (whole[place % whole.length] ?? 0) ^ mask
        writeFileSync(path, bytes)
        const verdict = await verifyPack(path).catch((error: unknown) => String(error))
        // A date in the zip, or a bit that no unpacker reads, is not part of the evidence.
        const isSound = typeof verdict === 'object' && verdict.ok
        expect(isSound ? verdict : intact).toEqual(intact)
        expect(typeof verdict === 'string' ? verdict : 'Refusal: ').toMatch(/^Refusal: /u)
      }),
      drillRuns('hostile-packs'),
    )
  })

  it('cut off at any place is refused', async () => {
    const whole = readFileSync(zip)
    const path = join(newFolder(), 'cut.zip')
    for (const part of [0, 0.1, 0.5, 0.9, 0.999]) {
      writeFileSync(path, whole.subarray(0, Math.floor(whole.length * part)))
      await expect(verifyPack(path)).rejects.toThrow(/is not a readable zip/u)
    }
  })

  it('names entries that appear twice, in other folders, or under two names', async () => {
    const path = join(newFolder(), 'twice.zip')
    const entries = files.map(([name, bytes]) => [inZip(name), bytes] as const)
    await newZip(path, [...entries, [inZip('items.jsonl'), Buffer.from('other')]])
    expect((await verifyPack(path)).problems).toEqual([
      { file: inZip('items.jsonl'), row: null, says: 'It is in the zip twice.' },
    ])
    const bytes = await newZip(path, [...entries, ['elsewhere/items.jsonl', Buffer.from('other')]])
    expect((await verifyPack(path)).problems).toMatchObject([{ file: 'elsewhere/items.jsonl' }])
    writeFileSync(path, renamedInside(bytes, 'elsewhere/items.jsonl', '../../..//items.jsonl'))
    await expect(verifyPack(path)).rejects.toThrow(/is not a readable zip/u)
    const two = await newZip(path, entries)
    two.write('titems.jsonl', two.indexOf(inZip('items.jsonl')) + inZip('').length - 1, 'latin1')
    writeFileSync(path, two)
    expect((await verifyPack(path)).problems).toMatchObject([
      { file: inZip('items.jsonl'), says: 'It has two names in the zip.' },
    ])
  })

  it.each([
    ['a link', 0o120777],
    ['a folder', 0o040755],
    ['a pipe', 0o010644],
    ['a device', 0o060644],
    ['a socket', 0o140644],
    ['a program that runs as its owner', 0o104755],
  ])('names an entry that unpacks as %s, also where its bytes are right', async (_what, mode) => {
    const path = join(newFolder(), 'mode.zip')
    await newZip(
      path,
      files.map(([name, bytes]) => [inZip(name), bytes, name === 'items.jsonl' ? mode : 0o100644] as const),
    )
    expect((await verifyPack(path)).problems).toEqual([
      { file: inZip('items.jsonl'), row: null, says: 'It is not a plain file, so it is not part of the pack.' },
    ])
  })

  it('with more files than a pack can have is refused', async () => {
    const path = join(newFolder(), 'many.zip')
    await newZip(
      path,
      Array.from({ length: 1001 }, (_, n) => [`${n}.csv`, Buffer.from('')] as const),
    )
    await expect(verifyPack(path)).rejects.toThrow(/holds more than 1000 files/u)
  })
})

describe('a hostile pack', () => {
  it('cannot make the verification read outside of it', async () => {
    const manifest = toText('manifest.sha256')
    for (const name of ['../../../etc/passwd', '/etc/passwd', 'a/../../x', String.raw`..\x`]) {
      const problems = await problemsWith({ 'manifest.sha256': `${manifest}${'0'.repeat(64)}  ${name}\n` })
      expect(problems.map(({ file, row }) => [file, row])).toEqual([['manifest.sha256', manifest.split('\n').length]])
    }
    const copy = newFolder()
    for (const [name, bytes] of files) writeFileSync(join(copy, name), bytes)
    rmSync(join(copy, 'items.jsonl'))
    symlinkSync(join(folder, 'items.jsonl'), join(copy, 'items.jsonl'))
    mkdirSync(join(copy, 'more'))
    const { problems } = await verifyPack(copy)
    expect(problems.map(({ file, says }) => `${file}: ${says}`).toSorted()).toEqual([
      'items.jsonl: It is not a plain file, so it is not part of the pack.',
      'items.jsonl: The file is missing.',
      'more: It is not a plain file, so it is not part of the pack.',
    ])
  })

  it('whose files are empty, binary or without a line feed is only found to be changed', async () => {
    for (const bytes of ['', '\0\0\0', 'x'.repeat(1_100_000), '\n'.repeat(5000), '\ud800', '{"__proto__":1}']) {
      for (const name of [
        'items.jsonl',
        'journal.jsonl',
        'rows.sha256',
        'manifest.sha256',
        'head.txt',
        'head.sig',
        'public-key.pem',
        'header.jsonl',
      ]) {
        const problems = await problemsWith({ [name]: bytes })
        expect([name, bytes.length, problems.length > 0, problems.every(({ file }) => file === name)]).toEqual([
          name,
          bytes.length,
          true,
          true,
        ])
        expect(problems.length).toBeLessThanOrEqual(100)
      }
    }
  })

  it('shows the names of its files in a harmless form', async () => {
    const problems = await problemsWith({ 'a\u202eb\nc\u001b[31m': 'x' })
    expect(problems).toHaveLength(1)
    expect(problems[0]?.file).not.toContain('\n')
    expect(problems[0]?.file).not.toContain('\u001b')
  })

  it('that was made again with another key is sound, and has another fingerprint', async () => {
    const other = await packed()
    const [own, theirs] = [await verifyPack(folder), await verifyPack(other.folder)]
    expect(theirs.ok).toBe(true)
    expect(theirs.fingerprint).not.toBe(own.fingerprint)
    const mixed = await problemsWith({
      'public-key.pem': readFileSync(join(other.folder, 'public-key.pem')),
      'head.sig': readFileSync(join(other.folder, 'head.sig')),
    })
    expect(mixed.map(({ file }) => file)).toContain('public-key.pem')
  })

  it('of which everything but the signature was made to agree is found by the signature', async () => {
    const { createHash } = await import('node:crypto')
    const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
    const items = toText('items.jsonl').replace('Tomas', 'Thomas')
    const at = items.split('\n').findIndex((line) => line.includes('Thomas')) + 1
    const rows = toText('rows.sha256').replace(
      new RegExp(`^.*items\\.jsonl:${at}$`, 'mu'),
      `${sha(`${items.split('\n')[at - 1]}\n`)}  items.jsonl:${at}`,
    )
    const manifest = toText('manifest.sha256')
      .replace(/^.* {2}items\.jsonl$/mu, `${sha(items)}  items.jsonl`)
      .replace(/^.* {2}rows\.sha256$/mu, `${sha(rows)}  rows.sha256`)
    const changed = { 'items.jsonl': items, 'rows.sha256': rows, 'manifest.sha256': manifest }
    expect((await problemsWith(changed)).map(({ file }) => file)).toEqual(['manifest.sha256'])
    const head = toText('head.txt').replace(/^[0-9a-f]{64}/u, sha(manifest))
    expect((await problemsWith({ ...changed, 'head.txt': head })).map(({ file }) => file)).toEqual(['head.sig'])
  })

  it('is refused when it is not a pack', async () => {
    const empty = newFolder()
    await expect(verifyPack(empty)).rejects.toThrow(/is not an evidence pack/u)
    await expect(verifyPack(join(empty, 'nowhere'))).rejects.toThrow(/does not exist/u)
    writeFileSync(join(empty, 'a.txt'), 'x')
    await expect(verifyPack(join(empty, 'a.txt'))).rejects.toThrow(/is not a readable zip/u)
    await expect(verifyPack('/dev/null')).rejects.toThrow(/neither a folder nor a file/u)
  })
})
