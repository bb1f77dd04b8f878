import { z } from 'zod'

import type { RestrictionFact } from '../../../../shared/domain/facts.ts'
import { parseRow, part, word } from '../../kit/rows.ts'
import type { Reading } from '../../kit/tally.ts'

const retentionRow = z.object({ type: word })
const modelsRow = z.object({ mode: word, model_ids: z.array(z.string()) })
const tool = part(z.object({ enabled: z.boolean() }))
const toolsRow = z.object({
  code_interpreter: tool,
  file_search: tool,
  image_generation: tool,
  mcp: tool,
  web_search: tool,
})

/** A setting of the organization (project null) or of a project, which narrows everything in it. */
function setting(
  kind: RestrictionFact['kind'],
  project: string | null,
  terms: readonly string[],
): readonly RestrictionFact[] {
  const externalId = `${kind}:${project ?? 'organization'}`
  return terms.length === 0
    ? []
    : [{ type: 'restriction', externalId, kind, name: null, project, terms, keys: null, members: null }]
}

const UNREADABLE = 'A setting that cannot be read.'

function reading(id: string, facts: readonly RestrictionFact[] | null): Reading {
  return facts === null ? { id, facts: [], left: [UNREADABLE] } : { id, facts, left: [] }
}

/** How long the provider keeps prompts and answers, in its own word: `zero_data_retention`. */
export function retentionReading(row: unknown, project: string | null): Reading {
  const type = parseRow(retentionRow, row)?.type ?? null
  return reading('retention', type === null ? null : setting('retention', project, [type.replaceAll('_', ' ')]))
}

/** Which models a project may call: those of a list, or all but those. */
export function modelsReading(row: unknown, project: string): Reading {
  const models = parseRow(modelsRow, row)
  const only = models?.mode === 'allow_list'
  // Of another mode it is not known what the list means.
  if (models === null || (!only && models.mode !== 'deny_list')) return reading('models', null)
  const names = models.model_ids
  if (names.length === 0) return reading('models', only ? setting('models', project, ['no model']) : [])
  return reading('models', setting('models', project, [`${only ? 'only' : 'not'} ${names.join(', ')}`]))
}

/** Which hosted tools a project may not call; nothing where it may call all. */
export function toolsReading(row: unknown, project: string): Reading {
  const tools = parseRow(toolsRow, row)
  if (tools === null) return reading('tools', null)
  const off = Object.entries(tools).flatMap(([name, state]) =>
    state?.enabled === false ? [name.replaceAll('_', ' ')] : [],
  )
  return reading('tools', setting('tools', project, off.length === 0 ? [] : [`not ${off.join(', ')}`]))
}
