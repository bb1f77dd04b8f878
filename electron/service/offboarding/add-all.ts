import type { Context } from '../core/context.ts'
import { addRemedy } from '../remediation/add.ts'
import { Refusal } from '../kit/refusal.ts'
import { offboardingOf } from './standing.ts'

/**
 * Puts everything that the agency holds at a client on the remedy list: accounts, invites and keys of its people. Roles end
 * with the account, and keys that they can have seen are the client's to rotate. What is on the list stays as it is. Sends
 * nothing. Throws `Refusal` NOT_FOUND, READ_ONLY.
 */
export async function addAll(
  context: Context,
  client: string,
): Promise<{ readonly added: number; readonly refused: string[] }> {
  let added = 0
  const refused: string[] = []
  for (const { kind, name, person, remedy, listed } of offboardingOf(context, client).items) {
    if (kind === 'role' || kind === 'shared-key' || remedy === null || listed !== null) continue
    const origin = { kind: 'person', id: person.id } as const
    try {
      await addRemedy(context, { ...remedy, origin })
      added += 1
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'READ_ONLY') throw error
      refused.push(`${name}: ${error.message}`)
    }
  }
  return { added, refused }
}
