import { z } from 'zod'

import type { ProjectFact } from '../../../../shared/domain/facts.ts'
import { toInstant, id, optionalId, parseRow, raw, text, word } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const workspaceRow = z.object({ id, name: text, slug: word, created_at: raw, default_guardrail_id: optionalId })

/** The address of the workspace that every account begins with; nothing else marks it. */
const DEFAULT_SLUG = 'default'

/** One workspace. OpenRouter deletes workspaces and archives none. */
export function workspaceReading(row: unknown): Reading {
  const workspace = parseRow(workspaceRow, row)
  if (workspace === null) return UNREADABLE
  const left: Omission[] = []
  const fact: ProjectFact = {
    type: 'project',
    externalId: workspace.id,
    name: workspace.name ?? workspace.slug ?? workspace.id,
    status: 'active',
    isDefault: workspace.slug === DEFAULT_SLUG,
    createdAt: toInstant(workspace, 'created_at', left),
    archivedAt: null,
    residency: null,
  }
  return { id: workspace.id, facts: [fact], left }
}

/** The guardrail that narrows everything in a workspace; null without one. */
export function getDefaultGuardrail(row: unknown): string | null {
  return parseRow(workspaceRow, row)?.default_guardrail_id ?? null
}
