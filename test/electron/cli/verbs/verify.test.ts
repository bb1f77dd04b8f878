import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../../sample-profile.ts'
import { newFolder, packed } from '../../service/evidence/packs.ts'
import { teamPacked } from '../../service/evidence/team-packs.ts'
import { newCastellan } from '../castellan.ts'

let folder = ''
let zip = ''
let fingerprint = ''

beforeAll(async () => {
  ;({ folder, zip, fingerprint } = await packed())
})

/** Runs work while a file of the pack has one byte changed. */
async function changed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, name)
  const before = readFileSync(path)
  const after = Buffer.from(before)
  after[before.length - 3] = (before.at(-3) ?? 0) ^ 1
  writeFileSync(path, after)
  try {
    return await work()
  } finally {
    writeFileSync(path, before)
  }
}

describe('castellan verify PACK', () => {
  it('accepts a folder or a zip, prints the fingerprint, and needs no register', async () => {
    const castellan = newCastellan()
    for (const pack of [folder, zip]) {
      const { code, out, err } = await castellan.run('verify', pack)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toMatch(/^✓ unchanged: the pack, \d+ rows$/mu)
      expect(out).toContain(`Key ${fingerprint}`)
    }
    const { code } = await castellan.runWith(
      { cwd: dirname(folder) },
      'verify',
      folder.slice(dirname(folder).length + 1),
    )
    expect(code).toBe(0)
  })

  it('names the file and the row of a changed byte, and exits with 4', async () => {
    const rows = readFileSync(join(folder, 'decisions.jsonl'), 'utf8').trimEnd().split('\n').length
    const { code, out } = await changed('decisions.jsonl', () => newCastellan().run('verify', folder))
    expect(code).toBe(4)
    expect(out).toContain('✗ changed: the pack')
    expect(out).toContain(`decisions.jsonl:${rows}  Row ${rows} was changed.`)
    const asJson = await changed('decisions.jsonl', () => newCastellan().run('verify', folder, '--json'))
    expect(asJson.code).toBe(4)
    expect(asJson.json<object>()).toMatchObject({
      ok: false,
      problems: [{ file: 'decisions.jsonl', row: rows }],
      fingerprint,
    })
  })

  it('exits with 1 for what cannot be read, and with 2 without anything to verify', async () => {
    const castellan = newCastellan()
    expect(await castellan.run('verify', join(folder, 'nowhere'))).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('does not exist') as string,
    })
    expect(await castellan.run('verify', dirname(folder))).toMatchObject({
      code: 1,
      err: expect.stringContaining('is not an evidence pack') as string,
    })
    expect(await castellan.run('verify')).toMatchObject({ code: 2 })
    const both = await castellan.run('verify', folder, folder)
    expect([both.code, both.out.split(`: ${folder}`)]).toEqual([0, expect.objectContaining({ length: 3 })])
  })

  it('of several packs prints one array as JSON, and exits with the worst code', async () => {
    const castellan = newCastellan()
    const both = await changed('decisions.jsonl', () => castellan.run('verify', zip, folder, '--json'))
    expect(both.code).toBe(4)
    expect(both.json<object>()).toMatchObject([
      { pack: zip, ok: true },
      { pack: folder, ok: false },
    ])
  })
})

describe('the signer of a pack', () => {
  it('is not compared without a register, and not with one that knows no key', async () => {
    const castellan = newCastellan()
    for (const step of ['without', 'with']) {
      if (step === 'with') await castellan.run('client', 'add', 'Acme')
      const { code, out } = await castellan.run('verify', folder)
      expect([step, code]).toEqual([step, 0])
      expect(out).toContain('The signer was not compared: this profile knows no key.')
    }
  })

  it('of a client of a team is shown with who signed and acknowledged, and compared with a given root', async () => {
    const { zip: pack, api } = await teamPacked()
    const root = (await api.team.status()).root ?? ''
    const { run } = newCastellan()
    const { code, out } = await run('verify', pack, '--root', root.toUpperCase())
    expect(code).toBe(0)
    expect(out).toContain(`Team: Northlight, root ${root}. It is the given root.`)
    expect(out).toMatch(
      /^Signed: Mara Lind \(mara@northlight\.example, owner\) at position \d+, .* with the key [0-9a-f]{64}$/mu,
    )
    expect(out).toMatch(/^Acknowledged: Anna \(anna@northlight\.example, lead\) at position \d+, /mu)
    const other = await run('verify', pack, '--root', 'ab'.repeat(32))
    expect(other.code).toBe(4)
    expect(other.out).toContain('✗ of another team: the pack')
    expect(await run('verify', '--register', '--root', root)).toMatchObject({ code: 2 })
    const { out: json } = await run('verify', pack, '--json')
    expect(JSON.parse(json)).toMatchObject({ ok: true, team: { root, acknowledged: { member: 'Anna' } } })
  })

  it('is compared with a given fingerprint, however it is written', async () => {
    const { run } = newCastellan()
    const spaced = fingerprint.toUpperCase().replaceAll(/(..)(?=.)/gu, '$1:')
    for (const key of [fingerprint, spaced]) {
      const { code, out } = await run('verify', folder, '--key', key)
      expect(code).toBe(0)
      expect(out).toContain('Signed by the given key.')
    }
    const other = 'ab'.repeat(32)
    const { code, out } = await run('verify', folder, '--key', other)
    expect(code).toBe(4)
    expect(out).toContain('✗ signed by another key: the pack')
    expect(out).toContain(`The pack is signed by the key ${fingerprint}, not by ${other}.`)
    expect(await run('verify', folder, '--key', 'abc')).toMatchObject({
      code: 1,
      err: expect.stringContaining('"abc" is not the fingerprint of a key') as string,
    })
    expect(await run('verify', '--register', '--key', other)).toMatchObject({ code: 2 })
  })

  it('is recognized by a profile with its own keys: own exits with 0, unknown with 5', async () => {
    const castellan = newCastellan()
    await putSample(castellan.profile)
    const client = ['--client', 'acme-corp']
    const opened = await castellan.run('review', 'open', '--check', 'admins', ...client, '--override', 'x', '--json')
    const { reviewId } = opened.json<{ readonly reviewId: number }>()
    const packing = await castellan.run('review', 'pack', String(reviewId), '--out', newFolder(), '--json')
    const own = await castellan.run('verify', packing.json<{ readonly path: string }>().path)
    expect(own).toMatchObject({ code: 0, out: expect.stringContaining('Signed by a key of this profile.') as string })
    const foreign = await castellan.run('verify', folder)
    expect(foreign.code).toBe(5)
    expect(foreign.out).toMatch(/^! unchanged, but signed by an unknown key: the pack, \d+ rows$/mu)
    expect(foreign.out).toContain('Signed by a key that this profile does not know.')
    expect((await castellan.run('verify', folder, '--json')).json<object>()).toMatchObject({
      signer: 'unknown',
      ok: true,
    })
    expect(await castellan.run('verify', folder, '--key', fingerprint)).toMatchObject({ code: 0 })
  })
})

describe('castellan review pack', () => {
  it('writes a pack that castellan verify accepts, and a zip unless --no-zip is given', async () => {
    const castellan = newCastellan()
    await putSample(castellan.profile)
    const [client] = (await castellan.run('client', 'list', '--json')).json<readonly { readonly slug: string }[]>()
    const open = ['review', 'open', '--check', 'admins', '--client', client?.slug ?? '', '--override', 'x', '--json']
    const { reviewId } = (await castellan.run(...open)).json<{ readonly reviewId: number }>()
    const out = newFolder()
    const packing = await castellan.run('review', 'pack', String(reviewId), '--out', out, '--json')
    const { path, zipPath } = packing.json<{ readonly path: string; readonly zipPath: string }>()
    for (const each of [path, zipPath]) expect(await castellan.run('verify', each)).toMatchObject({ code: 0 })
    const { code, out: said } = await castellan.run('review', 'pack', String(reviewId), '--out', out, '--no-zip')
    expect(code).toBe(0)
    expect(said).toMatch(/^Wrote 20 files to .*-2\.$/mu)
    expect(await castellan.run('review', 'pack', '999', '--out', out)).toMatchObject({ code: 1 })
    const inside = join(out, 'new', 'folder')
    expect(await castellan.run('review', 'pack', String(reviewId), '--out', inside)).toMatchObject({ code: 0 })
    expect(readdirSync(inside)).toHaveLength(2)
    expect(await castellan.run('review', 'pack', String(reviewId), '--out', zipPath)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is not a folder') as string,
    })
  })
})

describe('castellan verify --register', () => {
  it('accepts an unchanged register', async () => {
    const castellan = newCastellan()
    await putSample(castellan.profile)
    const { code, out } = await castellan.run('verify', '--register')
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^✓ unchanged: the audit log and the reviews of this register, 23 rows\n/u) as string,
    })
    expect(out).toMatch(/^Checked: .*last review dates of \d+ accounts.*every row of the tables review, review_item /mu)
    expect(out).toMatch(/^Checked: .*the end of the audit log against the one noted in .*register\.end/mu)
    expect(out).toMatch(/^Not checked: .*all other tables /mu)
    expect((await castellan.run('verify', '--register', '--json')).json<object>()).toMatchObject({
      ok: true,
      problems: [],
    })
  })
})
