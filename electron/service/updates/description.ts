import { verify } from 'node:crypto'

import { updateDescription, type UpdateDescription } from '../../../shared/contract/updates.ts'
import { namesVersion, packageArch, packageKind } from '../../../shared/domain/update/package-kind.ts'
import type { ReleaseKey } from './release-key.ts'
import { UpdateRefused } from './refused.ts'

/** The names of both files, on a feed and beside a package. */
export const DESCRIPTION_FILE = 'castellan-update.json'
export const SIGNATURE_FILE = `${DESCRIPTION_FILE}.sig`

/** The largest that are read, in bytes. */
export const LARGEST = { [DESCRIPTION_FILE]: 65_536, [SIGNATURE_FILE]: 1_024 } as const

/** The bytes of both files, before anything in them is believed. */
export interface SignedBytes {
  readonly description: Uint8Array
  readonly signature: Uint8Array
}

const ELSEWHERE =
  'Do not install it. Get the release again from where it is published, and report this to its publisher.'

/**
 * The description of a release, once the release key's signature (Ed25519, RFC 8032, base64 in its file) over its bytes
 * is valid. Throws `UpdateRefused` otherwise; nothing of an unsigned description is read.
 */
export function readDescription(
  { description, signature }: SignedBytes,
  { key, fingerprint }: ReleaseKey,
): UpdateDescription {
  const text = Buffer.from(signature).toString('latin1').trim()
  const raw = Buffer.from(text, 'base64')
  if (raw.length !== 64 || raw.toString('base64') !== text) {
    throw new UpdateRefused(`${SIGNATURE_FILE} does not contain a signature of 64 bytes in base64.`, ELSEWHERE)
  }
  if (!verify(null, description, key, raw)) {
    throw new UpdateRefused(
      `The signature of ${DESCRIPTION_FILE} is not of this program’s release key (${fingerprint.slice(0, 16)}…): the description was changed, or another key signed it.`,
      ELSEWHERE,
    )
  }
  const parsed = updateDescription.safeParse(parseJson(description))
  if (!parsed.success) {
    throw new UpdateRefused(
      `${DESCRIPTION_FILE} is signed, but this version of Castellan cannot read it.`,
      'Install the newer package yourself, once: docs/upgrade.md has the steps.',
    )
  }
  checkNames(parsed.data)
  return parsed.data
}

function checkNames({ version, files }: UpdateDescription): void {
  for (const { name, kind, arch } of files) {
    if (!namesVersion(name, version) || packageKind(name) !== kind || packageArch(name) !== arch) {
      throw new UpdateRefused(
        `The name of the package ${name} differs from the version ${version}, kind or processor of its description.`,
        'Do not install it, and report it to its publisher: the release was put together wrongly.',
      )
    }
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    return null
  }
}
