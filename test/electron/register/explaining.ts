import type { Params, Reader, Writer } from '../../../electron/register/db/handles.ts'

interface Step {
  readonly id: number
  readonly parent: number
  readonly detail: string
}

/** One statement that was run, and its query plan. */
export interface Explained {
  readonly sql: string
  readonly steps: readonly Step[]
}

function explainer(reader: Reader, into: Explained[]): (sql: string, params: Params) => void {
  return (sql, params) => {
    // Statements that create a table or an index have no plan.
    if (/^\s*(?:CREATE|DROP)/u.test(sql)) return
    into.push({ sql, steps: reader.all<Step>(`EXPLAIN QUERY PLAN ${sql}`, params) })
  }
}

/** A reader that records the plan of each statement. */
export function explainingReader(reader: Reader, into: Explained[]): Reader {
  const explain = explainer(reader, into)
  return {
    all: (sql, params = []) => {
      explain(sql, params)
      return reader.all(sql, params)
    },
    get: (sql, params = []) => {
      explain(sql, params)
      return reader.get(sql, params)
    },
    value: (sql, params = []) => {
      explain(sql, params)
      return reader.value(sql, params)
    },
    column: (sql, params = []) => {
      explain(sql, params)
      return reader.column(sql, params)
    },
    iterate: (sql, params = []) => {
      explain(sql, params)
      return reader.iterate(sql, params)
    },
  }
}

/** A writer that records the plan of each statement; a statement that runs many times is explained once. */
export function explainingWriter(writer: Writer, into: Explained[]): Writer {
  const explain = explainer(writer, into)
  return {
    ...explainingReader(writer, into),
    run: (sql, params = []) => {
      explain(sql, params)
      return writer.run(sql, params)
    },
    prepare: (sql) => {
      const statement = writer.prepare(sql)
      let isKnown = false
      return (params) => {
        if (!isKnown) explain(sql, params)
        isKnown = true
        return statement(params)
      }
    },
  }
}

/** Tables with few rows in any register. */
const SMALL = /^SCAN (?:cn|c|b|client|connection|place|\(|.* VIRTUAL TABLE)/u

const isScan = ({ detail }: Step): boolean => detail.startsWith('SCAN ') && !SMALL.test(detail)

const isLoop = ({ detail }: Step): boolean => /^(?:SCAN|SEARCH) /u.test(detail)

/** Tables that a statement scans, by their aliases. */
export function scans({ steps }: Explained): string[] {
  return steps.filter(isScan).map(({ detail }) => detail)
}

/** Tables that it scans repeatedly: once for each row of another table. */
export function nestedScans({ steps }: Explained): string[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const isInner = (step: Step): boolean => {
    const before = steps.filter((other) => other.parent === step.parent && other.id < step.id && isLoop(other))
    if (before.length > 0) return true
    for (let up = byId.get(step.parent); up; up = byId.get(up.parent))
      if (up.detail.startsWith('CORRELATED')) return true
    return false
  }
  return steps.filter((step) => isScan(step) && isInner(step)).map(({ detail }) => detail)
}
