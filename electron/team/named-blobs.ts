import type { BlobName } from '../../shared/operations/kind.ts'
import { listBlobs, MOST_NAMED_BYTES } from '../../shared/team/blobs.ts'
import { findStream } from '../../shared/team/membership.ts'
import { createBlob, openBlob, type StoredBlob } from './blob.ts'
import { fetchBlobs, storeBlobs } from './exchange-blobs.ts'
import { fromHex, toHex } from './hex.ts'
import type { TeamLog } from './log.ts'
import { type OpenedBlobs, toBlobKey } from './opened-blobs.ts'
import { stop } from './read-entry.ts'
import type { Replica } from './replica.ts'

/**
 * Stores the blobs of the first operations that wait in a stream, before their entries are placed. `stored`: the addresses
 * that this exchange has stored already; it grows. Throws `TeamLogError`.
 */
export async function storeWaitingBlobs(
  replica: Replica,
  log: TeamLog,
  stream: string,
  most: number,
  stored: Set<string>,
): Promise<void> {
  for (const { uid } of replica.waiting(stream, most)) {
    const texts = replica.blobs(uid)
    if (texts.length === 0) continue
    const { key } = replica.sealing(stream)
    const blobs = seal(replica, key, stream, texts).filter(({ address }) => !stored.has(toHex(address)))
    await storeBlobs(log, stream, blobs)
    for (const { address } of blobs) stored.add(toHex(address))
  }
}

/**
 * Stores blobs of placed entries of this device again where the server lost them, as one that was restored from a backup. Throws
 * `TeamLogError`.
 */
export async function storeLostBlobs(replica: Replica, log: TeamLog): Promise<void> {
  for (const { stream, seq } of replica.listKept()) {
    const [held] = replica.entries(stream, seq, 1)
    if (held === undefined || held.verdict.kind === 'void') continue
    const names = listBlobs(held.verdict.op)
    const texts = replica.blobs(held.entry.op)
    const lacking = await log.lackBlobs(
      stream,
      names.map(({ address }) => fromHex(address)),
    )
    const lost = new Set(lacking.map(toHex))
    for (const [at, { address, generation }] of names.entries()) {
      const [key, text] = [findKey(replica, stream, generation), texts[at]]
      if (!lost.has(address) || key === null || text === undefined) continue
      await storeBlobs(log, stream, [createBlob(replica.crypto, key, stream, text)])
    }
  }
}

function seal(
  { crypto }: Replica,
  key: Uint8Array,
  stream: string,
  texts: readonly Uint8Array[],
): readonly StoredBlob[] {
  return texts.map((text) => createBlob(crypto, key, stream, text))
}

/**
 * What the next entry of a stream names, opened. Throws `StreamStopped` where the server does not have it, or has something
 * else, and `TeamLogError`.
 */
export async function readNamedBlobs(
  replica: Replica,
  log: TeamLog,
  stream: string,
  names: readonly BlobName[],
): Promise<OpenedBlobs> {
  const { crypto } = replica
  const addresses = new Map(names.map(({ address }) => [address, fromHex(address)]))
  const sealed = new Map<string, Uint8Array>()
  for await (const blob of fetchBlobs(log, stream, [...addresses.values()]))
    sealed.set(toHex(blob.address), blob.sealed)
  const opened = new Map<string, Uint8Array>()
  let bytes = 0
  for (const name of names) {
    const key = findKey(replica, stream, name.generation)
    const found = sealed.get(name.address)
    if (key === null || found === undefined) throw stop('blob-missing', replica.stream(stream).place)
    const text = openBlob(crypto, key, { stream, address: fromHex(name.address) }, found)
    if (typeof text === 'string') throw stop('blob-missing', replica.stream(stream).place)
    bytes += text.length
    if (bytes > MOST_NAMED_BYTES) throw stop('blob-missing', replica.stream(stream).place)
    opened.set(toBlobKey(name), text)
  }
  return opened
}

/** The key of a generation of a stream's scope; null where the history has no such generation, or this device no key that fits. */
function findKey(replica: Replica, stream: string, generation: number): Uint8Array | null {
  const { crypto, keys } = replica
  const known = replica.membership()
  const scope = known === null ? undefined : findStream(known, stream)?.scope
  const made = scope === undefined ? undefined : known?.keys.get(scope)?.generations
  const found = made?.find(({ value }) => value.generation === generation)?.value
  if (scope === undefined || found === undefined) return null
  return keys.find(crypto, { scope, generation }, found.commitment)
}
