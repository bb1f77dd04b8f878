import type { QueryClient, QueryKey } from '@tanstack/react-query'

import type { Area } from '../../shared/contract/app.ts'
import { query } from '../data/api.ts'

/** What shows access facts, in whatever form. */
const FACTS = [
  'overview',
  'findings',
  'structure',
  'changes',
  'people',
  'access',
  'projects',
  'keys',
  'rotation',
  'search',
  'reviews',
  'blast',
  'leavers',
  'offboarding',
  'advice',
  'snippets',
  'remedy',
  'planApply',
  'budgets',
] as const

type Router = Exclude<keyof typeof query, 'key'>

/** For each area of the register, the operations that read it. */
const READERS: Readonly<Record<Area, readonly Router[]>> = {
  // A client's name and colour stand in every row.
  client: ['client', 'plan', 'connection', 'reminders', 'policy', 'reports', 'app', ...FACTS],
  connection: ['connection', 'client', ...FACTS],
  sync: ['connection', 'reminders', ...FACTS],
  access: FACTS,
  rotation: [
    'overview',
    'changes',
    'findings',
    'people',
    'projects',
    'keys',
    'rotation',
    'reminders',
    'blast',
    'leavers',
  ],
  policy: [
    'policy',
    'snippets',
    'overview',
    'findings',
    'people',
    'projects',
    'keys',
    'rotation',
    'reminders',
    'reviews',
  ],
  reminders: ['reminders', 'keys', 'rotation'],
  // Marks of open findings stand in rows of people, projects and keys.
  findings: ['findings', 'overview', 'people', 'projects', 'keys'],
  // A signed review sets the day of the last one in rows of people.
  reviews: ['reviews', 'evidence', 'overview', 'people', 'findings', 'remedy'],
  remedy: ['remedy', 'offboarding', 'planApply', 'reviews', 'findings', 'overview', 'leavers'],
  // What was used lately tells when a key was last used, and what a removal would stop.
  usage: ['usage', 'usageFolders', 'coverage', 'prices', 'budgets', 'reports', 'overview', 'keys', 'blast'],
  plan: ['plan', 'planApply', 'findings'],
  settings: ['settings', 'app'],
  app: ['backup', 'app'],
}

/** The beginnings of the query keys that are out of date once these areas changed, each once. */
export function staleKeys(areas: readonly Area[]): readonly QueryKey[] {
  const routers = new Set(areas.flatMap((area) => READERS[area]))
  return [...routers].map((router) => query[router].key())
}

/** Refetches what is on screen and reads the changed areas; the rest is read again when it is next shown. */
export async function refreshAreas(client: QueryClient, areas: readonly Area[]): Promise<void> {
  await Promise.all(staleKeys(areas).map((queryKey) => client.invalidateQueries({ queryKey })))
}
