// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** A plain server of static files, as any is. */
import {readFile} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';

const types = {
    '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
    '.json': 'application/json',
};

/** @param {string} folder @returns {Promise<{address: string, close: () => void}>} */
export async function serve(folder) {
    const server = createServer((request, response) => {
        const {pathname} = new URL(request.url, 'http://localhost');
        const path = join(folder, normalize(decodeURIComponent(pathname)));
        readFile(path.endsWith('/') ? join(path, 'index.html') : path, (error, bytes) => {
            response.writeHead(error ? 404 : 200,
                {'content-type': types[extname(path) || '.html'] ?? 'application/octet-stream'});
            response.end(bytes);
        });
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    return {address: `http://localhost:${server.address().port}/`, close: () => server.close()};
}
