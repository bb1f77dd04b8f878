import { ipcRenderer } from 'electron'

/**
 * Hands the window the port that leads to the service, and nothing else: the page says hello, the shell makes a
 * channel, and the page is given its end. No function of Electron reaches the page.
 */
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'castellan:hello') ipcRenderer.send('castellan:connect')
})

ipcRenderer.on('castellan:port', (event) => {
  window.postMessage('castellan:port', location.origin, [...event.ports])
})
