import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { TeamLogError } from '../../../../electron/team/log.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import { parseWitnesses } from '../../../../shared/report/witness.ts'
import { newCastellan } from '../../cli/castellan.ts'
import { newFolder } from '../evidence/packs.ts'
import { seedTeam } from '../evidence/team-packs.ts'
import { day, fact } from '../reports/spending.ts'
import { refused } from '../seeded.ts'

it('a head that a register printed is found here and on the server, and the first position is named that an earlier or another history lacks', async () => {
  const { api, anna, servers, service, connections } = await seedTeam()
  const path = join(newFolder(), 'register.md')
  const note = (notes: string): Promise<unknown> => api.client.update({ slug: 'acme', notes })
  for (const notes of ['One', 'Two', 'Three']) await note(notes)
  await api.team.exchange()
  await api.files.exportRegister({ client: 'acme', format: 'md', path })
  const { text } = await api.files.renderRegister({ client: 'acme', format: 'md' })
  const { streams } = await api.team.status()
  const printed = parseWitnesses(text)
  const find = (kind: string) => streams.find((one) => one.kind === kind && one.client !== 'borealis')!
  expect(printed).toEqual(
    ['decisions', 'team'].map((kind) => {
      const { stream: log, entries, head } = find(kind)
      return { log, position: entries - 1, head }
    }),
  )
  makeRegister(service.context).transact((writer) =>
    replaceUsageDays(
      writer,
      { clientId: 1, connectionId: connections.acme },
      {
        report: 'cost',
        from: day('2026-03-23'),
        to: day('2026-03-30'),
        facts: [fact('2026-03-24', { cost: 5_000_000 })],
      },
    ),
  )
  const asked = { client: 'acme', source: 'billed', format: 'md' } as const
  const weekly = await api.reports.render({ ...asked, kind: 'weekly', period: '2026-W13' })
  expect(parseWitnesses(weekly.text)).toEqual(printed)
  const monthly = await api.reports.render({ ...asked, kind: 'monthly', period: '2026-03' })
  expect(parseWitnesses(monthly.text)).toEqual([])
  const compare = async (at = api) => (await at.team.verify({ path })).witnesses[0]
  const last = find('decisions').entries - 1
  expect(await compare()).toMatchObject({ ok: true, device: 'same', server: 'same', client: 'acme', position: last })
  // Anna has not read the newest entries yet: the server shows the same entries as the file.
  expect(await compare(anna.api)).toMatchObject({ ok: true, device: 'missing', server: 'same', firstHere: last - 2 })

  const stored = servers.stored(find('decisions').stream)
  const cut = stored.splice(-2)
  const earlier = { ok: false, server: 'missing', firstOnServer: last - 1 }
  expect(await compare()).toMatchObject({ ...earlier, device: 'same' })
  const there = await compare(anna.api)
  expect(there).toMatchObject({ ...earlier, device: 'missing', firstHere: last - 2 })
  expect(there?.sentence).toContain(`The server shows an earlier history: the first missing position is ${last - 1}.`)

  // What others placed after the same beginning: each entry is signed over the head before it.
  stored.push(...cut.map((entry) => ({ ...entry, signature: entry.signature.map((byte) => byte ^ 1) })))
  expect(await compare()).toMatchObject({ ok: false, device: 'same', server: 'other', firstOnServer: last - 1 })
  expect(await compare(anna.api)).toMatchObject({ ok: false, device: 'missing', server: 'other', firstOnServer: null })

  // A server that does not answer is not a server that agrees.
  stored.splice(-2, 2, ...cut)
  servers.before = () => {
    throw new TeamLogError('offline', 'The server does not answer.')
  }
  const offline = await compare()
  expect(offline).toMatchObject({ ok: true, device: 'same', server: 'unknown' })
  expect(offline?.sentence).toContain('The server could not be asked: The server does not answer.')
  servers.before = () => undefined

  // The terminal is a process of its own, and finds no server there.
  const terminal = (...argv: readonly string[]) =>
    newCastellan().runWith({ env: { CASTELLAN_PROFILE: service.context.session().profile } }, 'team', 'verify', ...argv)
  const { code, out } = await terminal(path)
  expect(code).toBe(0)
  expect(out).toContain(`✓ acme, decisions, position ${last}: This device holds position ${last} as it was printed.`)
  writeFileSync(path, text.replace(printed[0]!.head, 'ab'.repeat(32)))
  const forged = await terminal(path)
  expect(forged.code).toBe(4)
  expect(forged.out).toContain(`✗ acme, decisions, position ${last}: This device holds another history`)
  writeFileSync(path, 'Nothing.')
  expect(await refused(api.team.verify({ path }))).toMatchObject({ code: 'INVALID' })
})
