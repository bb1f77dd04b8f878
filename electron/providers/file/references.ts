import type { Problem } from './problem.ts'
import type { FileContent } from './schema.ts'

type Path = Problem['path']

/** Problems that the schema does not find: duplicate ids, and ids of things that the file does not list. */
export function referenceProblems(file: FileContent): readonly Problem[] {
  const problems: Problem[] = []
  const getIds = (list: 'projects' | 'principals' | 'keys' | 'limits'): ReadonlySet<string> => {
    const seen = new Set<string>()
    for (const [n, { id }] of (file[list] ?? []).entries()) {
      if (seen.has(id)) problems.push({ path: [list, n, 'id'], says: 'another row of the list has the same id' })
      seen.add(id)
    }
    return seen
  }
  const projects = getIds('projects')
  const principals = getIds('principals')
  getIds('keys')
  getIds('limits')
  const known = (ids: ReadonlySet<string>, id: string | null | undefined, list: string, path: Path): void => {
    if (id === null || id === undefined || ids.has(id)) return
    problems.push({ path, says: `no row of "${list}" has this id` })
  }
  for (const [n, { kind, members }] of (file.principals ?? []).entries()) {
    if (members !== undefined && kind !== 'group') {
      problems.push({ path: ['principals', n, 'members'], says: 'only a group has members' })
    }
    for (const [m, member] of (members ?? []).entries()) {
      known(principals, member, 'principals', ['principals', n, 'members', m])
    }
  }
  for (const [n, grant] of (file.grants ?? []).entries()) {
    known(principals, grant.principal, 'principals', ['grants', n, 'principal'])
    known(projects, grant.project, 'projects', ['grants', n, 'project'])
  }
  for (const [n, key] of (file.keys ?? []).entries()) known(projects, key.project, 'projects', ['keys', n, 'project'])
  for (const [n, limit] of (file.limits ?? []).entries()) {
    known(projects, limit.project, 'projects', ['limits', n, 'project'])
  }
  if (file.usage !== undefined && file.usageFile !== undefined) {
    problems.push({ path: ['usageFile'], says: 'the usage is in this file already; leave one of the two out' })
  }
  return problems
}
