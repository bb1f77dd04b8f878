import type { Reader } from '../db/handles.ts'
import { type AtEnds, endsOfSubjects, type Ends } from './ends.ts'
import { getChange, differences, type RawChange, text, type Words } from './raw-change.ts'

type ProjectEnds = Ends & AtEnds<'name' | 'status' | 'residency', string> & AtEnds<'is_default', number>

const PROJECT_CHANGES = endsOfSubjects('project_version', 'project_id', ['name', 'status', 'residency', 'is_default'])

export function projectChanges(reader: Reader, spans: string): RawChange[] {
  return reader.all<ProjectEnds>(PROJECT_CHANGES, { spans }).flatMap((row) => {
    if (row.stood_before === 0) return row.stood_after === 0 ? [] : getChange(row, 'project-created', 'project')
    if (row.stood_after === 0) return getChange(row, 'project-removed', 'project')
    const words = toWords(row)
    if (words === null) return []
    const archived = row.before_status === 'active' && row.after_status === 'archived'
    return getChange(row, archived ? 'project-archived' : 'project-changed', 'project', words)
  })
}

function toWords(row: ProjectEnds): Words | null {
  return differences([
    text(row.before_name, row.after_name),
    text(row.before_status, row.after_status),
    [row.before_residency !== row.after_residency, residency(row.before_residency), residency(row.after_residency)],
    [row.before_is_default !== row.after_is_default, role(row.before_is_default), role(row.after_is_default)],
  ])
}

function residency(place: string | null): string {
  return place === null ? 'data anywhere' : `data in ${place}`
}

function role(isDefault: number | null): string {
  return isDefault === 1 ? 'default project' : 'not the default project'
}
