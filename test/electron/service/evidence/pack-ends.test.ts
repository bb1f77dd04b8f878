import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { journalHash, type JournalRow } from '../../../../electron/register/db/journal.ts'
import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import { encryptedFile } from '../../register/registers.ts'
import { refused } from '../seeded.ts'
import { newProfile, newService } from '../services.ts'
import { newFolder, packed } from './packs.ts'

/** A copy of a profile without the note of where its journal ended, as a person would leave it who hides a loss. */
function copyWithoutNote(profile: string): string {
  const copy = join(newProfile(), 'copy')
  mkdirSync(copy)
  for (const name of ['register.db', 'register.key', 'evidence.key']) {
    if (existsSync(join(profile, name))) copyFileSync(join(profile, name), join(copy, name))
  }
  return copy
}

describe('a register that is compared with an earlier pack', () => {
  it('is found to continue it, or to lack rows that the pack has', async () => {
    const { service, api, folder, zip, reviewId } = await packed()
    const { profile, key } = service.context.session()
    for (const pack of [folder, zip])
      expect(await api.evidence.verifyRegister({ packs: [pack] })).toMatchObject({ ok: true })
    await service.close()
    const copy = copyWithoutNote(profile)
    const file = encryptedFile(profilePaths(copy).register, key ?? new Uint8Array())
    for (const trigger of ['journal_is_not_deleted', 'journal_head_goes_forward'])
      file.exec(`DROP TRIGGER IF EXISTS ${trigger}`)
    const last = file.prepare('SELECT max(seq) FROM journal').pluck().get() as number
    file.exec(`DELETE FROM journal WHERE seq > ${last - 2}`)
    file.exec(
      'UPDATE journal_head SET seq = (SELECT max(seq) FROM journal), hash = (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1)',
    )
    file.close()
    const short = await newService({ profile: copy, mode: 'read' })
    // Without the pack nothing shows that they existed.
    expect(await short.api.evidence.verifyRegister()).toMatchObject({ ok: true })
    const { ok, problems } = await short.api.evidence.verifyRegister({ packs: [folder] })
    expect(ok).toBe(false)
    expect(problems).toEqual([
      { file: 'journal', row: expect.any(Number) as number, says: expect.stringContaining('is missing') as string },
    ])
    expect(reviewId).toBe(1)
  })

  it('is found to have another chain, though that is consistent', async () => {
    const { service, folder } = await packed()
    const { profile, key } = service.context.session()
    await service.close()
    const copy = copyWithoutNote(profile)
    const file = encryptedFile(profilePaths(copy).register, key ?? new Uint8Array())
    for (const name of file
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'journal%'")
      .pluck()
      .all()) {
      file.exec(`DROP TRIGGER ${String(name)}`)
    }
    let previous = '0'.repeat(64)
    for (const row of file.prepare('SELECT * FROM journal ORDER BY seq').all() as JournalRow[]) {
      const changed = { ...row, previous, operator: row.operator === 'x' ? 'y' : 'x' }
      previous = journalHash(changed)
      file
        .prepare('UPDATE journal SET operator = ?, previous = ?, hash = ? WHERE seq = ?')
        .run(changed.operator, changed.previous, previous, row.seq)
    }
    file.prepare('UPDATE journal_head SET hash = ?').run(previous)
    file.close()
    const forged = await newService({ profile: copy, mode: 'read' })
    const chain = await forged.api.app.integrity()
    expect(chain.problems).toEqual([])
    const { problems } = await forged.api.evidence.verifyRegister({ packs: [folder] })
    expect(problems.map(({ says }) => says)).toContainEqual(expect.stringContaining('the audit log was rewritten'))
  })

  it('does not rely on a pack that was changed itself', async () => {
    const { api, folder } = await packed()
    rmSync(join(folder, 'journal.jsonl'))
    expect(await refused(api.evidence.verifyRegister({ packs: [folder] }))).toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('was changed') as string,
    })
    expect(await refused(api.evidence.verifyRegister({ packs: [newFolder()] }))).toMatchObject({ code: 'INVALID' })
  })
})
