import { join } from 'node:path'

import { expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { hashAside, verifyRegisterAside } from '../../../../electron/service/evidence/register-aside.ts'
import { verifyRegister } from '../../../../electron/service/evidence/verify-register.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { encryptedFile } from '../../register/registers.ts'
import { reviewed } from './packs.ts'

type Hash = NonNullable<NonNullable<Parameters<typeof verifyRegisterAside>[2]>['hash']>

/** A thread that does not start, one that fails, and one that has read another state of the register. */
const OTHERS: readonly Hash[] = [
  (context) => hashAside(context, 'no-thread.ts'),
  (context) => hashAside(context, join(import.meta.dirname, 'failing-thread.ts')),
  () => Promise.resolve({ revision: -1, hashes: new Map() }),
]

it('a register has the same verdict with a thread that reads what reviews froze, also where the thread fails or read another state', async () => {
  const { service } = await reviewed()
  const { context } = service
  const file = encryptedFile(makeRegister(context).path, context.session().key ?? new Uint8Array())
  closeAfterTest(file)
  const verify = (hash: Hash) => verifyRegisterAside(context, [], { hash, isSmall: () => false })
  const before = verifyRegister(context)
  expect(before).toMatchObject({ ok: true, problems: [] })
  expect(await verify(hashAside)).toEqual(before)
  const guards = file
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'review_item%'`)
    .pluck()
    .all() as string[]
  for (const guard of guards) file.exec(`DROP TRIGGER ${guard}`)
  file.exec(`UPDATE review_item_facts SET facts = replace(facts, '"person":', '"persons":') WHERE item_id = 1`)
  file.exec('UPDATE review_item SET why = NULL WHERE id = 2')
  const after = verifyRegister(context)
  expect(after.problems.map(({ file: table }) => table)).toEqual(['review', 'review_item'])
  for (const hash of [hashAside, ...OTHERS]) {
    expect(await verify(hash)).toEqual(after)
  }
})
