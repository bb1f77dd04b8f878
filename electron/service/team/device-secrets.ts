import type { TeamSecrets } from '../../secrets/team-secrets.ts'

const KEPT = ['team-device', 'team-login'] as const

interface DeviceSecrets {
  /** The seed of the device's keys. */
  readonly 'team-device': string
  readonly 'team-login': string
}

/**
 * Keeps the secrets of a device under its uid, before the register names it: the secrets of the device before stay until then, so
 * that a cut between the two leaves one that works.
 */
export async function keepDevice(secrets: TeamSecrets, device: string, made: DeviceSecrets): Promise<void> {
  for (const name of KEPT) await secrets.set(`${name}-${device}`, made[name])
}

/** Gives the secrets of the device that the register names their own place, where that was not done yet. */
export async function settleDevice(secrets: TeamSecrets, device: string): Promise<void> {
  for (const name of KEPT) {
    const kept = await secrets.get(`${name}-${device}`)
    if (kept === null) continue
    await secrets.set(name, kept)
    await secrets.delete(`${name}-${device}`)
  }
}
