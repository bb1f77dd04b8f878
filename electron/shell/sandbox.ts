import type { SandboxState } from '../../shared/contract/app.ts'

/** The state of the page's process on Linux, by what the kernel reports about it in `/proc/PID/status`. */
export function readSandbox(status: string): SandboxState {
  const isFiltered = /^Seccomp:\s*2$/mu.test(status)
  return isFiltered
    ? { state: 'on', why: "the kernel filters the calls of the page's process" }
    : { state: 'off', why: null }
}

/** The sandbox that a switch turned off. */
export function explainNoSandbox(isRoot: boolean): SandboxState {
  const why = isRoot ? 'Chromium has none for root, and --no-sandbox was given' : '--no-sandbox was given'
  return { state: 'off', why }
}

/** The sandbox of an installed browser, as Castellan starts it. */
export function describeBrowserSandbox(isRoot: boolean): SandboxState {
  return isRoot
    ? { state: 'off', why: 'a browser has none for root' }
    : { state: 'unknown', why: 'Castellan starts the browser with its sandbox, and a browser does not report it' }
}
