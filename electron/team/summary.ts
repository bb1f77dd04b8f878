import {
  findAuthor,
  findClientRole,
  findGeneration,
  isLost,
  type Membership,
  newest,
} from '../../shared/team/membership.ts'
import { mayAppend } from '../../shared/domain/team-roles.ts'
import { isCount, isUuid, SIGNATURE_BYTES } from './entry.ts'
import { fromHex } from './hex.ts'
import type { StoredSummary } from './log.ts'
import type { Replica } from './replica.ts'

/** The server refuses a longer one. */
export const MOST_SUMMARY_BYTES = 4096

/**
 * The summary of a client, sealed under the current generation of its key and signed by this device; null where the device lacks the
 * key, its member may not append to the client's decisions, or the text is too long.
 */
export function composeSummary(
  { crypto, keys, author, ...replica }: Replica,
  stream: string,
  at: number,
  text: string,
): StoredSummary | null {
  const membership = replica.membership()
  const current = membership === null ? null : findGeneration(membership, stream, newest(membership))
  if (membership === null || current === null || !mayWriteSummary(membership, stream, author.device)) return null
  const { generation, commitment } = current
  const key = keys.find(crypto, { scope: stream, generation }, commitment)
  if (key === null || isLost(membership, stream, generation)) return null
  const place = { stream, generation, at }
  const sealed = crypto.sealSummary(key, place, text)
  if (sealed.length > MOST_SUMMARY_BYTES) return null
  return {
    ...place,
    device: author.device,
    sealed,
    signature: crypto.signSummary(place, sealed, author.keys.sign.privateKey),
  }
}

/**
 * The text of a summary that the server has; null for one of a device that may not write it now, with another signature, of a
 * generation that is unknown or lost, or that the key does not open. It is a cache: the server can show an earlier one.
 */
export function openSummary({ crypto, keys, ...replica }: Replica, summary: StoredSummary): string | null {
  const membership = replica.membership()
  if (membership === null || !isSummary(summary)) return null
  const { stream, generation, device, sealed, signature } = summary
  const signKey = membership.devices.get(device)?.signKey
  if (signKey === undefined || !mayWriteSummary(membership, stream, device)) return null
  if (!crypto.isSummarySigned(summary, sealed, signature, fromHex(signKey))) return null
  const made = membership.keys.get(stream)?.generations.find(({ value }) => value.generation === generation)?.value
  if (made === undefined || isLost(membership, stream, generation)) return null
  const key = keys.find(crypto, { scope: stream, generation }, made.commitment)
  const bytes = key === null ? null : crypto.openSummary(key, summary, sealed)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}

/** Whether the member at a device may append to the decisions of a client now, and so write its summary. */
export function mayWriteSummary(membership: Membership, client: string, device: string): boolean {
  const at = newest(membership)
  const member = findAuthor(membership, device, at)?.member
  return member !== undefined && mayAppend('decisions', findClientRole(membership, client, member, at))
}

/** Whether every field has its type and size, which a hostile server does not guarantee. */
function isSummary({ stream, device, generation, at, sealed, signature }: StoredSummary): boolean {
  return (
    [stream, device].every(isUuid) &&
    isCount(generation, 0xffff_ffff) &&
    isCount(at, Number.MAX_SAFE_INTEGER) &&
    sealed instanceof Uint8Array &&
    signature instanceof Uint8Array &&
    signature.length === SIGNATURE_BYTES
  )
}
