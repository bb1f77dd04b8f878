/** A sandbox of Chromium that is on or off, and why. */
export interface SandboxState {
  readonly isOn: boolean
  /** Null where it is off although nothing turned it off. */
  readonly why: string | null
}

/** The state of the page's process on Linux, by what the kernel reports about it in `/proc/PID/status`. */
export function readSandbox(status: string): SandboxState {
  const isFiltered = /^Seccomp:\s*2$/mu.test(status)
  return { isOn: isFiltered, why: isFiltered ? "the kernel filters the calls of the page's process" : null }
}

/** The sandbox that a switch turned off. */
export function explainNoSandbox(isRoot: boolean): SandboxState {
  const why = isRoot ? 'Chromium has none for root, and --no-sandbox was given' : '--no-sandbox was given'
  return { isOn: false, why }
}
