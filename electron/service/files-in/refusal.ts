/** A file that cannot be read at all. `hint` is what to do; neither text contains anything from inside a cell. */
export interface FileRefusal {
  readonly ok: false
  readonly reason: string
  readonly hint: string
}

export function refuseFile(reason: string, hint: string): FileRefusal {
  return { ok: false, reason, hint }
}
