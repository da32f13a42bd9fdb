// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The page as one file: what cpack makes of it elsewhere and later is the same bytes, all of the page, and small. */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import assert from 'node:assert/strict';
import {unzip} from '../../web/page/zip.js';

const SIZE_MAX = 2 * 1024 * 1024;
const folder = process.env.CANDIAL_PAGE;
const build = dirname(folder);
if (!existsSync(join(build, 'CPackConfig.cmake'))) {
    console.log(`skipped: ${build} was not built here: scripts/build.sh web`);
    process.exit(77);
}

const packed = readFileSync(join(build, 'candial-page.zip'));
const work = mkdtempSync(join(tmpdir(), 'candial-'));
process.umask(0o077);
const {status, stdout, stderr} = spawnSync('cpack', ['--config', join(build, 'CPackConfig.cmake'), '-B', work],
    {env: {...process.env, TZ: 'Asia/Tokyo'}, encoding: 'utf8'});
assert.equal(status, 0, stdout + stderr);
const again = readFileSync(join(work, 'candial-page.zip'));
rmSync(work, {recursive: true});
assert.ok(packed.equals(again), 'packed again, it is other bytes');
assert.ok(packed.length < SIZE_MAX, `${packed.length} bytes`);

const inside = await unzip(new Uint8Array(packed), () => true);
const names = readdirSync(folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile())
    .map((entry) => join(entry.path, entry.name).slice(folder.length + 1)).sort();
assert.deepEqual(inside.map(({path}) => path).sort(), names);
for (const {path, data} of inside) {
    assert.ok(readFileSync(join(folder, path)).equals(Buffer.from(data)), `${path} is another`);
}
