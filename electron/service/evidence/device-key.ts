import { createPublicKey } from 'node:crypto'

import { DER_PREFIX, fingerprintKey } from '../../register/team/hash-batch.ts'
import { readTeamPlace } from '../../register/team/place.ts'
import type { SigningKey } from '../../secrets/signing-key.ts'
import { openTeamSecrets } from '../../secrets/team-secrets.ts'
import { type Context, getReader } from '../core/context.ts'

/**
 * The key of this device in its team as one that signs evidence: the devices of all members know it. Null where the device is not
 * enrolled, or its keys are not on this machine: the register then signs with a key of its own, as one without a team.
 */
export async function readDeviceKey(context: Context): Promise<SigningKey | null> {
  const reader = getReader(context)
  const place = readTeamPlace(reader)
  if (place === null || place.name === null) return null
  const seed = await openTeamSecrets(context.session()).get(`team-device-${place.device}`)
  if (seed === null) return null
  const { loadTeamCrypto } = await import('../../team/crypto.ts')
  const crypto = await loadTeamCrypto()
  const { sign } = crypto.createDeviceKeys(Buffer.from(seed, 'hex'))
  const signKey = Buffer.from(sign.publicKey).toString('hex')
  if (signKey !== place.signKey) return null
  const open = createPublicKey({ key: Buffer.from(`${DER_PREFIX}${signKey}`, 'hex'), format: 'der', type: 'spki' })
  return {
    sign: (data) => crypto.signPackHead(data, sign.privateKey),
    publicPem: open.export({ format: 'pem', type: 'spki' }).toString(),
    fingerprint: fingerprintKey(signKey),
  }
}
