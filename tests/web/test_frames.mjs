// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** slcan lines and places in YAML texts, by the page's own modules. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {suggestionsAt} from '../../web/page/schema_help.js';
import {frameOf, Lines, slcanOf} from '../../web/page/slcan.js';
import {placeAt} from '../../web/page/yaml_place.js';

for (const [line, frame] of [['t1562ABCD', '156#ABCD'], ['T18FEEE001ff', '18FEEE00#FF'], ['r1230', '123#R'],
    ['R18FEEE000', '18FEEE00#R'], ['zt1230', '123#'], ['t1231001112', '123#00'], ['t123100111', null],
    ['d1562ABCD', '156##0ABCD'], ['b15690102030405060708090A0b0C', '156##10102030405060708090A0B0C'],
    ['D18FEEE0010a', '18FEEE00##00A'], ['D18FEEE009AA', null], ['B18FEEE001ff1234', '18FEEE00##1FF'], [`b7FFF${'5A'.repeat(64)}`, `7FF##1${'5A'.repeat(64)}`],
    ['b12391122', null], ['t8000', null], ['T200000000', null], ['t1239', null], ['t12', null], ['S6', null], ['', null]]) {
    assert.equal(frameOf(line), frame, line);
}
for (const frame of ['156##1', '18FEEE00##0AB', `123##1${'00'.repeat(12)}`, `123##1${'FE'.repeat(64)}`, '156#0011223344556677', '18FEEE00#FF', '7FF#', '123#R', '00000001#R']) {
    assert.equal(frameOf(slcanOf(frame).slice(0, -1)), frame);
}
assert.equal(slcanOf('156##3AABB'), 'b1562AABB\r'); // no adapter is told of the error state
const lines = new Lines();
assert.deepEqual(lines.take('t1'), []);
assert.deepEqual(lines.take('230\rz\r\r\x07t'), ['t1230', 'z']);
assert.deepEqual(lines.take('1231AA\n'), ['t1231AA']);

const schema = JSON.parse(readFileSync(new URL('../../profiles/profile.schema.json', import.meta.url)));

/** The cursor is the |. */
function at(text) {
    const cursor = text.indexOf('|');
    const place = placeAt(text.replace('|', ''), cursor);
    const path = place.key === null ? place.path : [...place.path, `${place.key}:`];
    return `${path.join('.')} > ${suggestionsAt(schema, place).map((one) => one.text).join(' ')}`;
}
for (const [text, expected] of [
    ['|', ' > name can dials'],
    ['name: x\nca|\n', ' > can'],
    ['can: {bitrate: 500k, |}', 'can > mode fd'],
    ['can: {mode: li|', 'can.mode: > listen-only'],
    ['can:\n  |', 'can > bitrate mode fd'],
    ['can:\n    bitrate: 500k\n    mo|', 'can > mode'],
    ['dials:\n  - so|', 'dials.[] > source'],
    ['dials:\n- so|', 'dials.[] > source'],
    ['dials:\n  - source:\n      |', 'dials.[].source > broadcast obd2 uds j1939'],
    ['dials:\n  - source: # c: {\n      obd2:\n        ad|', 'dials.[].source.obd2 > addressing'],
    ['dials:\n  - source:\n      obd2: {pid: 0x5C}\n    ti|', 'dials.[] > timeout'],
    ['dials:\n  - source:\n      broadcast:\n        id: 1\n        order: |\n', 'dials.[].source.broadcast.order: > intel motorola'],
    ['dials:\n- source: {broadcast: {mux: [{eq|', 'dials.[].source.broadcast.mux.[] > equals'],
    ['dials:\n  - dial: [[50, |', 'dials.[].dial.[].[] > '],
    ['dials:\n  - source:\n      obd2: {}\n  - w|', 'dials.[] > warn'],
    ['dials:\n  - needle: {damping: 1s,\n        ma|', 'dials.[].needle > max_rate'],
    ['dials:\n  - source:\n      obd2: {}\n\n|', ' > name can'],
    ['}]: |', ' > '],
]) {
    assert.equal(at(text), expected, text);
}
