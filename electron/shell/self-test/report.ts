import type { Check } from './checks.ts'

/** The machine of the self-test. An unknown version is null. */
export interface Machine {
  readonly castellan: string
  readonly electron: string | null
  readonly chromium: string | null
  readonly node: string
  readonly v8: string
  readonly sqlite: string | null
  readonly platform: string
  readonly arch: string
  readonly packaged: boolean
}

export interface SelfTestReport {
  readonly machine: Machine
  readonly checks: readonly Check[]
  readonly ms: number
}

/** True if nothing failed. */
export function isPassed({ checks }: SelfTestReport): boolean {
  return checks.every(({ state }) => state !== 'failed')
}

export function formatJson(report: SelfTestReport): string {
  const { machine, checks, ms } = report
  const lines = checks.map((check) => ({ ...check, ms: Math.round(check.ms) }))
  return `${JSON.stringify({ passed: isPassed(report), ...machine, ms: Math.round(ms), checks: lines })}\n`
}

export function formatTable({ machine, checks, ms }: SelfTestReport): string {
  const versions = [
    ['Electron', machine.electron],
    ['Chromium', machine.chromium],
    ['Node', machine.node],
    ['V8', machine.v8],
    ['SQLite', machine.sqlite],
  ].map(([name, version]) => `${name} ${version ?? 'unknown'}`)
  const where = `${machine.platform} ${machine.arch}, ${machine.packaged ? 'packaged' : 'not packaged'}`
  const width = Math.max(...checks.map(({ name }) => name.length))
  const count = (state: Check['state']): string => `${checks.filter((check) => check.state === state).length} ${state}`
  return [
    `Castellan ${machine.castellan} self-test on ${versions.join(', ')}, ${where}`,
    ...checks.map(
      (check) =>
        `${check.state.padEnd(6)}  ${check.name.padEnd(width)}  ${formatSeconds(check.ms).padStart(7)}  ${check.detail}`,
    ),
    `${count('ok')}, ${count('failed')}, ${count('none')} in ${formatSeconds(ms)}`,
    '',
  ].join('\n')
}

function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

/**
 * A text without the folders of this machine: each is replaced by its name. Longer ones come first, since the temporary
 * folder may be in the home folder.
 */
export function hideFolders(text: string, folders: Readonly<Record<string, string>>): string {
  return Object.entries(folders)
    .filter(([, folder]) => folder.length > 1)
    .toSorted(([, one], [, other]) => other.length - one.length)
    .reduce((shown, [name, folder]) => shown.replaceAll(folder, name), text)
}
