import { ipcRenderer } from 'electron'

/**
 * Gives the window only the port to the service: the page sends a hello, the shell makes a channel, and the page gets
 * its end. No function of Electron reaches the page.
 */
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'castellan:hello') ipcRenderer.send('castellan:connect')
})

ipcRenderer.on('castellan:port', (event) => {
  window.postMessage('castellan:port', location.origin, [...event.ports])
})
