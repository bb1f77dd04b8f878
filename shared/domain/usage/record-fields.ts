import { plainHeading } from '../import/fields.ts'

/** The fields of a usage record. Only the time is required: everything else may be unknown. */
export const RECORD_FIELDS = [
  'timestamp',
  'requestId',
  'feature',
  'user',
  'model',
  'project',
  'key',
  'input',
  'cached',
  'output',
  'requests',
  'cost',
] as const
export type RecordField = (typeof RECORD_FIELDS)[number]

/** The headings of each field in files, best first, in plain form. */
const HEADINGS: Readonly<Record<RecordField, readonly string[]>> = {
  timestamp: ['timestamp', 'time', 'ts', 'createdat', 'created', 'datetime', 'date', 'day', 'startedat', 'at'],
  requestId: ['requestid', 'reqid', 'xrequestid', 'responseid', 'request', 'traceid', 'id', 'uuid'],
  feature: ['feature', 'featurename', 'usecase', 'tag', 'application', 'app', 'component', 'endpoint'],
  user: ['userid', 'user', 'username', 'useremail', 'email', 'actor', 'customer', 'customerid'],
  model: ['model', 'modelname', 'modelid', 'engine'],
  project: ['projectid', 'project', 'projectname', 'workspaceid', 'workspace', 'workspacename'],
  key: ['apikeyid', 'keyid', 'apikey', 'key', 'keyname', 'apikeyname'],
  input: ['inputtokens', 'prompttokens', 'tokensin', 'tokensinput', 'input', 'prompt'],
  cached: ['cachedtokens', 'cachereadinputtokens', 'inputcachedtokens', 'cachedinputtokens', 'cachereadtokens'],
  output: ['outputtokens', 'completiontokens', 'tokensout', 'tokensoutput', 'output', 'completion'],
  requests: ['requests', 'nummodelrequests', 'requestcount', 'calls', 'count'],
  cost: ['costestimate', 'cost', 'costusd', 'estimatedcost', 'totalcost', 'price', 'amount', 'spend', 'usd', 'dollars'],
}

/** Field → position of the column that fills it. */
export type RecordColumns = Readonly<Partial<Record<RecordField, number>>>

/** Finds which column fills which field: for each field the best of its headings; a column fills one field. */
export function matchRecordColumns(headings: readonly string[]): RecordColumns {
  const plain = headings.map(plainHeading)
  const taken = new Set<number>()
  const columns: Partial<Record<RecordField, number>> = {}
  const ranked = RECORD_FIELDS.flatMap((field) =>
    HEADINGS[field].map((heading, rank) => ({ field, rank, at: plain.indexOf(heading) })),
  )
    .filter(({ at }) => at !== -1)
    .toSorted((a, b) => a.rank - b.rank)
  for (const { field, at } of ranked) {
    if (columns[field] !== undefined || taken.has(at)) continue
    columns[field] = at
    taken.add(at)
  }
  return columns
}
