import { z } from 'zod'

import { CallFailure, CredentialRefused } from '../../kit/errors.ts'
import { flag, parseRow } from '../../kit/rows.ts'
import type { Reading } from '../../kit/tally.ts'
import { workspaceReading } from './workspace.ts'

const keyRow = z.object({ data: z.object({ is_management_key: flag, is_provisioning_key: flag }) })

const NO_MANAGEMENT_KEY =
  'This OpenRouter key calls models and does not open the organization; both kinds begin with sk-or-v1-. Make a management key in the settings of the organization and set that.'

/**
 * Throws `CredentialRefused` unless the answer of `GET /key` is about a management key, and `CallFailure` for an answer
 * that is about no key.
 */
export function checkManagementKey(answer: unknown): void {
  const key = parseRow(keyRow, answer)?.data
  if (key === undefined) throw new CallFailure('malformed', 'it is about no key')
  if (!key.is_management_key && !key.is_provisioning_key) throw new CredentialRefused(NO_MANAGEMENT_KEY)
}

/**
 * The organization of the workspaces that a management key lists. OpenRouter publishes no id of an organization, and the
 * maker of a key changes with every rotation; so an organization goes by its default workspace, which every account has,
 * or else by its oldest one. Throws `CallFailure` where there is none.
 */
export function organizationReading(workspaces: readonly unknown[]): Reading {
  const found = workspaces
    .flatMap((row) => workspaceReading(row).facts)
    .filter((fact) => fact.type === 'project')
    .toSorted(
      (a, b) =>
        Number(b.isDefault) - Number(a.isDefault) ||
        (a.createdAt ?? Infinity) - (b.createdAt ?? Infinity) ||
        (a.externalId < b.externalId ? -1 : 1),
    )[0]
  if (found === undefined)
    throw new CallFailure('malformed', 'it lists no workspace, by which an organization is known')
  const { externalId } = found
  return { id: externalId, facts: [{ type: 'organization', externalId, name: null, namedByProject: true }], left: [] }
}
