'use strict';

// Runs Azurite for as long as standard input stays open. So it outlives Ctrl+C, while the program that started it still drains, and
// never outlives that program, however it ends. Azurite is ended by SIGTERM, upon which it saves what it holds.

const { spawn } = require('node:child_process');

const windows = process.platform === 'win32';
const preload = process.argv.includes('--inMemoryPersistence') ? ['--require', require.resolve('./keep-messages.js')] : [];
const azurite = spawn(process.execPath, [...preload, require.resolve('azurite/dist/src/azurite.js'), ...process.argv.slice(2)], {
  // A process group of its own: a terminal sends Ctrl+C to the whole group.
  detached: !windows,
  stdio: windows ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', 'inherit', 'inherit'],
});

function stop() {
  if (windows) {
    azurite.send('shutdown');
  } else {
    azurite.kill('SIGTERM');
  }
}

// A terminal sends these to everybody in it, and whoever started this wrapper still has to drain.
for (const signal of windows ? ['SIGINT'] : ['SIGINT', 'SIGHUP', 'SIGQUIT']) {
  process.on(signal, () => {});
}

process.on('SIGTERM', stop);
process.stdin.on('end', stop);
process.stdin.on('error', stop);
process.stdin.resume();
azurite.on('exit', (code) => process.exit(code ?? 1));
