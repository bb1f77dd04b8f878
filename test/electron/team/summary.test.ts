import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import type { StoredSummary } from '../../../electron/team/log.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { composeSummary, openSummary } from '../../../electron/team/summary.ts'
import { crypto, foundTeam, SERVER } from './world.ts'

it('the summary of the second implementation is opened, and has its signature', () => {
  const { clientKey, device, summary } = JSON.parse(
    readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8'),
  ) as {
    readonly clientKey: string
    readonly device: { readonly seed: string; readonly signKey: string }
    readonly summary: Record<'stream' | 'text' | 'sealed' | 'signature', string> & Record<'generation' | 'at', number>
  }
  const [sealed, signature] = [Buffer.from(summary.sealed, 'hex'), Buffer.from(summary.signature, 'hex')]
  const key = Buffer.from(clientKey, 'hex')
  expect(Buffer.from(crypto.openSummary(key, summary, sealed) ?? []).toString()).toBe(summary.text)
  const { sign } = crypto.createDeviceKeys(Buffer.from(device.seed, 'hex'))
  expect(Buffer.from(crypto.signSummary(summary, sealed, sign.privateKey)).toString('hex')).toBe(summary.signature)
  expect(crypto.isSummarySigned(summary, sealed, signature, Buffer.from(device.signKey, 'hex'))).toBe(true)
})

it('a summary has figures only of a device with the right to write it, as that device wrote it, under a key of the client', async () => {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const [client, other] = [await team.openClient(), await team.openClient()]
  const [writer, viewer, auditor] = [
    await team.join('anna'),
    await team.join('ben'),
    await team.join('olga', ['auditor']),
  ]
  await team.grant(client, writer, 'reviewer')
  await team.grant(client, viewer, 'viewer')
  for (const each of [writer, viewer, auditor]) await each.exchange()
  const read = (summary: StoredSummary): string | null => openSummary(auditor.replica, summary)

  const written = composeSummary(writer.replica, client, 1000, '{"keys":3}')!
  await writer.log.putSummaries([written])
  const [stored] = await auditor.log.summaries([client, other])
  expect(read(stored!)).toBe('{"keys":3}')
  expect(composeSummary(writer.replica, client, 1000, 'x'.repeat(5000))).toBeNull()

  // A member who may only read neither makes one, nor stores one of another.
  expect(composeSummary(viewer.replica, client, 2000, '{"keys":0}')).toBeNull()
  await viewer.log.putSummaries([{ ...written, at: 2000 }])
  expect((await auditor.log.summaries([client]))[0]?.at).toBe(1000)
  const key = team.founder.replica.keys.listFirst(client)[0]!
  const place = { stream: client, generation: 1, at: 2000 }
  const sealed = crypto.sealSummary(key, place, '{"keys":0}')
  const { device, keys } = viewer.replica.author
  const signature = crypto.signSummary(place, sealed, keys.sign.privateKey)
  const flip = (bytes: Uint8Array): Uint8Array => bytes.with(0, (bytes[0] ?? 0) ^ 1)
  const forged: Readonly<Record<string, StoredSummary>> = {
    'by a member who may only read': { ...place, device, sealed, signature },
    'in the name of another device': { ...place, device: writer.device, sealed, signature },
    'of an unknown device': { ...written, device: client },
    'with another time': { ...written, at: written.at + 1 },
    'of another client': { ...written, stream: other },
    'of an unknown generation': { ...written, generation: 2 },
    'with changed bytes': { ...written, sealed: flip(written.sealed) },
    'with another signature': { ...written, signature: flip(written.signature) },
    'with no bytes': { ...written, sealed: null as never },
    'that is cut': { ...written, signature: written.signature.subarray(1) },
  }
  for (const [how, summary] of Object.entries(forged)) expect([how, read(summary)]).toEqual([how, null])

  // What its writer may no longer write counts no more; what was written under an earlier key does.
  await team.grant(client, viewer, 'operator')
  team.founder.decideTeam('access.revoked', { clientUid: client, memberUid: viewer.member })
  await team.founder.exchange()
  await team.rotate()
  for (const each of [writer, auditor]) await each.exchange()
  expect(read(stored!)).toBe('{"keys":3}')
  expect(composeSummary(writer.replica, client, 3000, '{"keys":4}')?.generation).toBe(2)
  team.founder.decideTeam('member.removed', { memberUid: writer.member })
  await team.founder.exchange()
  await auditor.exchange()
  expect(read(stored!)).toBeNull()
})
