// A Chromium for the browser tests: found, else fetched, else asked for.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Refusal, root, runProgram } from './project.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns the path of a Chromium */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  console.log('No Chromium found: trying to get one ...');
  await runProgram(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], {
    stdio: 'ignore',
  });
  const downloaded = await findChromium();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await runProgram(
      'sh',
      ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium'],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      },
    );
    const installed = await findChromium();
    if (installed) return installed;
  }
  throw new Refusal(
    'The browser tests need Chromium and none could be got. Install it ("apt-get install chromium", or "npx playwright install chromium") or name one in CHROMIUM_PATH.',
  );
}

async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!existsSync(given)) throw new Refusal(`CHROMIUM_PATH names ${given}, which does not exist.`);
    return given;
  }
  for (const name of NAMES) {
    const path = which(name);
    if (path) return path;
  }
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  return own && existsSync(own) ? own : undefined;
}

function which(name) {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
