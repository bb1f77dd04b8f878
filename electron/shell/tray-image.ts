/**
 * The icon of the tray on a system: on macOS a template that the menu bar colours, which Electron finds in both sizes;
 * on Windows all its sizes in one file.
 */
export function getTrayImage(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'trayTemplate.png'
  return platform === 'win32' ? 'tray.ico' : 'tray.png'
}
