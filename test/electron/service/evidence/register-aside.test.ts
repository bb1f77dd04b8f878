import { expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { verifyRegisterAside } from '../../../../electron/service/evidence/register-aside.ts'
import { verifyRegister } from '../../../../electron/service/evidence/verify-register.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { encryptedFile } from '../../register/registers.ts'
import { reviewed } from './packs.ts'

const SOURCE = '../../../../electron/service/evidence/frozen-thread.ts'

it('a register has the same verdict with a thread that reads what reviews froze, also where the thread fails or read another state', async () => {
  const { service } = await reviewed()
  const { context } = service
  const file = encryptedFile(makeRegister(context).path, context.session().key ?? new Uint8Array())
  closeAfterTest(file)
  const verify = (source: string) =>
    verifyRegisterAside(context, [], {
      thread: { from: import.meta.url, source, built: '' },
      isSmall: () => false,
    })
  const before = verifyRegister(context)
  expect(before).toMatchObject({ ok: true, problems: [] })
  expect(await verify(SOURCE)).toEqual(before)
  const guards = file
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'review_item%'`)
    .pluck()
    .all() as string[]
  for (const guard of guards) file.exec(`DROP TRIGGER ${guard}`)
  file.exec(`UPDATE review_item_facts SET facts = replace(facts, '"person":', '"persons":') WHERE item_id = 1`)
  file.exec('UPDATE review_item SET why = NULL WHERE id = 2')
  const after = verifyRegister(context)
  expect(after.problems.map(({ file: table }) => table)).toEqual(['review', 'review_item'])
  for (const source of [SOURCE, 'failing-thread.ts', 'other-state-thread.ts', 'no-thread.ts']) {
    expect(await verify(source)).toEqual(after)
  }
})
