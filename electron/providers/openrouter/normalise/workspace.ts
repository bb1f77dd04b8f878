import { z } from 'zod'

import type { ProjectFact } from '../../../../shared/domain/facts.ts'
import { fromRfc3339 } from '../../kit/instants.ts'
import { id, optionalId, parseRow, raw, text } from '../../kit/rows.ts'
import { WITHOUT_ID, type Reading } from '../../kit/tally.ts'

const workspaceRow = z.object({ id, name: text, slug: text, created_at: raw })

/** The address of the workspace that every account begins with; nothing else marks it. */
const DEFAULT_SLUG = 'default'

/** One workspace. OpenRouter deletes workspaces and archives none. */
export function workspaceReading(row: unknown): Reading {
  const workspace = parseRow(workspaceRow, row)
  if (workspace === null) return WITHOUT_ID
  const left: string[] = []
  const fact: ProjectFact = {
    type: 'project',
    externalId: workspace.id,
    name: workspace.name ?? workspace.slug ?? workspace.id,
    status: 'active',
    isDefault: workspace.slug === DEFAULT_SLUG,
    createdAt: fromRfc3339(workspace.created_at, left),
    archivedAt: null,
    residency: null,
  }
  return { id: workspace.id, facts: [fact], left }
}

const withGuardrail = z.object({ default_guardrail_id: optionalId })

/** The guardrail that narrows everything in a workspace; null without one. */
export function getDefaultGuardrail(row: unknown): string | null {
  return parseRow(withGuardrail, row)?.default_guardrail_id ?? null
}
