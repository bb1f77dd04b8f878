import { parseTeamOperation, type TeamOperation } from '../../../../shared/team/operations.ts'
import type { HeldEntry } from '../../../../shared/team/store.ts'

interface TeamEntry {
  readonly seq: number
  readonly device: string
  readonly operation: TeamOperation
}

/**
 * The positions of `team` whose operations a pack of a client shows: what certifies the devices that signed the client's log. Each author has
 * the entries about their device, their member and their member's role for this client, also those that end them; and so have the
 * authors of those entries, back to the founding. Owners are shown with all their devices, since a rule asks whether one remains. Other members,
 * devices and clients of the team are not shown.
 */
export function selectShown(
  entries: readonly HeldEntry[],
  client: string,
  authors: Iterable<string>,
): ReadonlySet<number> {
  const certificates = entries.flatMap(toTeamEntry)
  const devices = new Set(authors)
  const members = new Set<string>()
  const shown = new Set<number>()
  // A shown entry names further devices and members; a few rounds end it, since each adds one at least.
  for (let before = -1; before !== devices.size + members.size + shown.size;) {
    before = devices.size + members.size + shown.size
    for (const { seq, device, operation } of certificates) {
      if (!isAbout(operation, client, devices, members)) continue
      shown.add(seq)
      devices.add(device)
      const { kind, body } = operation
      if (kind === 'team.founded' || kind === 'device.enrolled') {
        devices.add(body.deviceUid)
        members.add(body.memberUid)
      }
      if ((kind === 'member.added' || kind === 'member.roles-set') && body.roles.includes('owner')) {
        members.add(body.memberUid)
      }
    }
  }
  return shown
}

function toTeamEntry({ entry, verdict }: HeldEntry): readonly TeamEntry[] {
  const operation = verdict.kind === 'effective' ? parseTeamOperation(verdict.op.kind, verdict.op.body) : null
  return operation === null ? [] : [{ seq: entry.seq, device: entry.device, operation }]
}

function isAbout(
  { kind, body }: TeamOperation,
  client: string,
  devices: ReadonlySet<string>,
  members: ReadonlySet<string>,
): boolean {
  if (kind === 'team.founded') return true
  if (kind === 'device.enrolled') return devices.has(body.deviceUid) || members.has(body.memberUid)
  if (kind === 'device.revoked') return devices.has(body.deviceUid)
  if (kind === 'member.added' || kind === 'member.roles-set') {
    return members.has(body.memberUid) || body.roles.includes('owner')
  }
  if (kind === 'member.removed') return members.has(body.memberUid)
  if (kind === 'access.granted' || kind === 'access.revoked') {
    return body.clientUid === client && members.has(body.memberUid)
  }
  if (kind === 'approvals.required') return body.clientUid === null || body.clientUid === client
  if (kind === 'entry.voided') return body.stream === client
  return kind === 'client.opened' && body.clientUid === client
}
