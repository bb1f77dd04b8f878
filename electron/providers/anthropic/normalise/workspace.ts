import { z } from 'zod'

import type { DetailFact, ProjectFact } from '../../../../shared/domain/facts.ts'
import { ANTHROPIC } from '../../../../shared/domain/providers/anthropic.ts'
import { toInstant, id, parseRow, part, raw, text } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const workspaceRow = z.object({
  id,
  name: text,
  created_at: raw,
  archived_at: raw,
  data_residency: part(z.object({ workspace_geo: text })),
  tags: part(z.record(z.string(), z.unknown())),
})

export function workspaceReading(row: unknown): Reading {
  const workspace = parseRow(workspaceRow, row)
  if (workspace === null) return UNREADABLE
  const left: Omission[] = []
  const archivedAt = toInstant(workspace, 'archived_at', left)
  const fact: ProjectFact = {
    type: 'project',
    externalId: workspace.id,
    name: workspace.name ?? workspace.id,
    // An invalid date still means that the workspace is archived.
    status: workspace.archived_at === null || workspace.archived_at === undefined ? 'active' : 'archived',
    isDefault: workspace.name === ANTHROPIC.defaultProjectName,
    createdAt: toInstant(workspace, 'created_at', left),
    archivedAt,
    residency: workspace.data_residency?.workspace_geo ?? null,
  }
  return { id: workspace.id, facts: [fact, ...toTags(workspace)], left }
}

/** Tags are the organization's own labels (API reference, workspaces). */
function toTags({ id, tags }: z.output<typeof workspaceRow>): readonly DetailFact[] {
  const value = Object.entries(tags ?? {}).flatMap(([name, set]) => {
    const [label, content] = [text.parse(name), text.parse(set)]
    return label === null ? [] : [content === null ? label : `${label}=${content}`]
  })
  return value.length === 0 ? [] : [{ type: 'detail', of: 'project', externalId: id, kind: 'tags', value }]
}

/**
 * The default workspace of a server that does not list it. Before version 2026-10-21 of the API it has no id: keys name
 * it by null.
 */
const UNLISTED: ProjectFact = {
  type: 'project',
  externalId: 'default',
  name: ANTHROPIC.defaultProjectName,
  status: 'active',
  isDefault: true,
  createdAt: null,
  archivedAt: null,
  residency: null,
}

/** The listed workspace that a null means. */
export function defaultWorkspace(listed: Iterable<ProjectFact>): ProjectFact {
  return [...listed].find(({ isDefault }) => isDefault) ?? UNLISTED
}
