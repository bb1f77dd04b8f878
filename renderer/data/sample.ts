import { api } from './api.ts'

/** Opens the sample agency. The window restarts on its profile. */
export async function openSample(): Promise<void> {
  await api.app.openSample()
  location.assign('/')
}

/** Returns to the profile that the sample was opened from. */
export async function leaveSample(): Promise<void> {
  await api.app.leaveSample()
  location.assign('/')
}
