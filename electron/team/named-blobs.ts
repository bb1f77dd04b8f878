import type { BlobName } from '../../shared/decisions/kind.ts'
import { listBlobs, MOST_NAMED_BYTES } from '../../shared/team/blobs.ts'
import { createBlob, openBlob, type StoredBlob } from './blob.ts'
import { fetchBlobs, storeBlobs } from './exchange-blobs.ts'
import { findKey } from './find-key.ts'
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
      const [key, text] = [findKey(toKnown(replica), stream, generation), texts[at]]
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
    const key = findKey(toKnown(replica), stream, name.generation)
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

const toKnown = (replica: Replica) => ({
  crypto: replica.crypto,
  keys: replica.keys,
  membership: replica.membership(),
})
