#!/usr/bin/env bash
# The page of `drlint drill --format html`, tried in headless Chromium: stepping, the red link, no errors, no requests.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

skip() { echo "SKIPPED: $*"; exit 0; }

if ! command -v chromium >/dev/null; then
  command -v apt-get >/dev/null || skip "no chromium, and no apt-get to install it"
  { apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends chromium; } >"$scratch/apt.log" 2>&1 ||
    skip "chromium cannot be installed: $(tail -n 1 "$scratch/apt.log")"
fi
command -v npm >/dev/null || skip "no npm"
npm install --silent --no-audit --no-fund --prefix "$scratch" playwright-core >/dev/null 2>&1 ||
  skip "playwright-core cannot be had from npm"

drlint=target/release/drlint
[ -x "$drlint" ] || drlint=target/debug/drlint
[ -x "$drlint" ] || { cargo build --release --quiet --package drlint; drlint=target/release/drlint; }

# The recovery is joined at step 1 and the source cut at step 3, so that two neighbors overlap in between.
status=0
"$drlint" drill fixtures/company-a/azure-cli --config fixtures/drills/company-a/joined-before-the-cut.toml \
  --format html >"$scratch/page.html" || status=$?
[ "$status" -eq 1 ] || { echo "FAILED: drlint drill ends with $status, not with 1"; exit 1; }

cat >"$scratch/test.mjs" <<'JS'
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [page_file, profile] = process.argv.slice(2);
const context = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
  viewport: { width: 1280, height: 900 },
});
try {
  const page = await context.newPage();
  const problems = [];
  const requests = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  context.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(page_file).href);

  const shown = page.locator('.drill:not([hidden])');
  const state = async () => {
    const figures = await shown.locator('figure:visible').all();
    assert.equal(figures.length, 1, 'one state is shown at a time');
    return {
      at: Number(await figures[0].getAttribute('data-state')),
      wrong: await figures[0].locator('.wrong').count(),
      said: await shown.locator('.where').textContent(),
    };
  };
  const expect = async (at, wrong) => {
    const now = await state();
    assert.equal(now.at, at);
    assert.equal(now.wrong, wrong, `red links after step ${at}`);
    assert.equal(now.said.includes('✗'), wrong > 0, `what is read out after step ${at}: ${now.said}`);
  };

  const red = [0, 2, 2, 0];
  await expect(0, red[0]);
  for (const at of [1, 2, 3]) {
    await page.keyboard.press('ArrowRight');
    await expect(at, red[at]);
  }
  await page.keyboard.press('ArrowRight');
  await expect(3, red[3]);
  for (const at of [2, 1, 0]) {
    await page.keyboard.press('ArrowLeft');
    await expect(at, red[at]);
  }

  await shown.locator('.on').click();
  await expect(1, red[1]);
  await shown.locator('.back').click();
  await expect(0, red[0]);

  // By keyboard alone: the first button that takes the focus shows it, and Enter presses it.
  await shown.locator('.findings button').first().focus();
  await page.keyboard.press('Enter');
  await expect(1, red[1]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid', 'the focus can be seen');
  assert.match(await shown.locator('.findings').textContent(), /joined-before-the-cut\.toml:\d+:\d+/);

  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.notEqual(await ground(), light, 'dark and light differ');

  const failovers = await page.locator('#scenario option').count();
  assert.ok(failovers > 1, 'the recovery plan is there to be chosen');
  await page.locator('#scenario').selectOption('1');
  assert.equal(await page.locator('.drill:not([hidden]) h2').count(), 1);
  assert.match(await shown.locator('h2').textContent(), /recovery plan/);

  assert.deepEqual(problems, [], 'the console is silent');
  const foreign = requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'));
  assert.deepEqual(foreign, [], 'nothing is fetched');
} finally {
  await context.close();
}
JS
timeout 180 node "$scratch/test.mjs" "$scratch/page.html" "$scratch/profile"
echo "drill page: ok in $(chromium --version --no-sandbox 2>/dev/null | head -n 1)"
