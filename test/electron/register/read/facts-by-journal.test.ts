import { describe, expect, it } from 'vitest'

import { verifyRegister } from '../../../../electron/service/evidence/verify-register.ts'
import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import { newSampleService } from '../../../sample-profile.ts'
import { acmeParts, seeded } from '../../service/seeded.ts'
import { encryptedFile } from '../registers.ts'

async function read() {
  const all = await seeded()
  all.read(all.connections.acme, acmeParts())
  all.clock.now += 3_600_000
  // A second sync closes and opens.
  all.read(
    all.connections.acme,
    acmeParts().map((part) => ({
      ...part,
      facts: part.facts.filter((fact) => !('externalId' in fact) || fact.externalId !== 'key_2'),
    })),
  )
  await all.api.policy.set({ values: { unusedFlagDays: 60 } })
  await all.api.policy.set({ values: { maxPrivileged: 4 } })
  await all.api.policy.set({ client: 'acme', values: { unusedFlagDays: 30 } })
  const [key] = (await all.api.rotation.due({})).rows
  const { rotationId } = await all.api.rotation.mark({ keyId: key?.keyId ?? 0, note: 'in the vault' })
  await all.api.rotation.undo({ rotationId })
  await all.api.rotation.mark({ keyId: key?.keyId ?? 0 })
  const { context } = all.service
  const file = encryptedFile(makeRegister(context).path, context.session().key ?? new Uint8Array())
  file.pragma('foreign_keys = OFF')
  return {
    ...all,
    file,
    problems: () => verifyRegister(context).problems.map(({ file: table, says }) => `${table}: ${says}`),
  }
}

describe('facts that were changed without a sync', () => {
  it('are not found in an unchanged register', async () => {
    const { problems, file } = await read()
    expect(problems()).toEqual([])
    file.close()
  })

  it.each([
    ['a role', "UPDATE grant SET role_raw = 'owner' WHERE role_raw = 'reader'"],
    ['a level', "UPDATE grant SET level = 'reader' WHERE level = 'owner'"],
    ['an address', "UPDATE principal_version SET email = 'x@evil.example' WHERE email LIKE 'tomas%'"],
    ['the id of an account', "UPDATE principal SET external_id = 'u9' WHERE external_id = 'u2'"],
    ['a grant that is deleted', 'DELETE FROM grant WHERE id = (SELECT max(id) FROM grant)'],
    [
      'a grant that is added',
      "INSERT INTO grant (connection_id, principal_id, project_id, role_raw, level, source, source_project, from_sync) SELECT connection_id, principal_id, project_id, 'admin', level, source, source_project, from_sync FROM grant LIMIT 1",
    ],
    ['a name of a key', "UPDATE key_version SET name = 'other'"],
    ['a closed key that is current again', 'UPDATE key_version SET to_sync = NULL WHERE to_sync IS NOT NULL'],
    ['a limit', 'UPDATE limit_version SET amount = amount * 10'],
    ['a project', "UPDATE project_version SET name = 'Research'"],
    ['a sync that is deleted', 'DELETE FROM sync_source; DELETE FROM sync WHERE id = (SELECT max(id) FROM sync)'],
    [
      'the access of a connection',
      "UPDATE connection SET access = CASE access WHEN 'read-only' THEN 'read-write' ELSE 'read-only' END",
    ],
    ['the base URL of a connection', "UPDATE connection SET base_url = 'https://evil.example'"],
    [
      'the policy of the agency',
      `UPDATE policy SET "values" = '{"unusedFlagDays":600,"maxPrivileged":4}' WHERE client_id = 0`,
    ],
    ['the policy of a client', `UPDATE policy SET "values" = '{"unusedFlagDays":300}' WHERE client_id > 0`],
    ['a policy that is reset', 'DELETE FROM policy WHERE client_id > 0'],
    [
      'a policy without a recorded decision',
      `INSERT INTO policy SELECT id, '{"maxPrivileged":99}' FROM client WHERE slug <> 'acme' LIMIT 1`,
    ],
    ['the day of a rotation', "UPDATE rotation SET rotated_on = '2099-01-01' WHERE undone_at IS NULL"],
    ['a rotation that was undone and counts again', 'UPDATE rotation SET undone_at = NULL'],
    ['a rotation that is deleted', 'DELETE FROM rotation WHERE undone_at IS NULL'],
    [
      'a rotation without a journal row',
      "INSERT INTO rotation (logical_key_id, key_id, key_name, trigger, rotated_on, recognized, operator, recorded_at) SELECT logical_key_id, key_id, key_name, trigger, '2026-11-01', 0, operator, recorded_at FROM rotation LIMIT 1",
    ],
    ['the name of a client', "UPDATE client SET name = 'Other' WHERE slug = 'acme'"],
  ])('are found: %s', async (_, sql) => {
    const { problems, file } = await read()
    file.exec(sql)
    file.close()
    expect(problems()).not.toEqual([])
    for (const problem of problems())
      expect(problem).toMatch(/^(?:sync|connection|client|policy|rotation): .*audit log/u)
  })
})

it('a policy that its owner reset matches the journal', async () => {
  const { api, problems, file } = await read()
  file.close()
  await api.policy.set({ values: null })
  await api.policy.set({ client: 'acme', values: null })
  expect(problems()).toEqual([])
})

it('an agency’s policy in which nothing was changed is still known', async () => {
  const { api, problems, file } = await read()
  await api.policy.set({ values: {} })
  file.exec(`UPDATE policy SET "values" = '{"maxPrivileged":99}' WHERE client_id = 0`)
  file.close()
  expect(problems()).toEqual(['policy: The policy of the agency does not match the audit log: values.'])
})

it('policies of the sample are not counted as proved', async () => {
  const { checked } = verifyRegister((await newSampleService()).context)
  const lines = checked.filter((line) => /\bpolicy\b/u.test(line))
  expect(lines).toEqual([expect.stringMatching(/^the table policy against the audit log: \d+ rows as far as/u)])
})

it('a key of the sample that a person describes contradicts nothing that the sample gave it', async () => {
  const { api, context } = await newSampleService()
  const described = getReader(context).column<number>(
    `SELECT k.id FROM key k JOIN logical_key l ON l.id = k.logical_key_id WHERE l.purpose IS NOT NULL AND l.contact IS NOT NULL`,
  )
  expect(described.length).toBeGreaterThan(0)
  for (const keyId of described) await api.rotation.set({ keyId, notes: 'In the vault.' })
  expect(verifyRegister(context).problems).toEqual([])
})
