// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** Which view is shown: the fragment of the address says it. A view's code starts when it is first looked at. */
import {startBench} from './bench.js';
import {startCheck} from './check.js';
import {startTour} from './tour.js';

const starters = {check: startCheck, bench: startBench, tour: startTour};
const started = new Set();

function viewOfAddress() {
    const name = location.hash.slice(1);
    const fallback = new URLSearchParams(location.search).has('live') ? 'bench' : 'check';
    return name in starters ? name : fallback;
}

function show() {
    const name = viewOfAddress();
    for (const section of document.querySelectorAll('.view')) {
        section.hidden = section.id !== `view-${name}`;
    }
    for (const link of document.querySelectorAll('nav a')) {
        if (link.dataset.view === name) {
            link.setAttribute('aria-current', 'page');
        } else {
            link.removeAttribute('aria-current');
        }
    }
    if (!started.has(name)) {
        started.add(name);
        starters[name]();
    }
}

addEventListener('hashchange', () => {
    show();
    document.getElementById('content').focus();
});
show();
