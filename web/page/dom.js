// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** Elements in few words. Texts are set as texts, never as HTML: what a file holds stays text. */

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith('on')) {
            node.addEventListener(name.slice(2), value);
        } else if (value === true) {
            node.setAttribute(name, '');
        } else if (value !== false && value !== null && value !== undefined) {
            node.setAttribute(name, value);
        }
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return node;
}

/**
 * @param {string} tag
 * @param {Object<string, any>} [attributes] `onclick` and the like are listeners
 * @param {...(Node|string|null|Array)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
}

/** The same in SVG. @returns {SVGElement} */
export function draw(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Sets a text that is another than before: the same one again would cost a layout. @param {Node} node */
export function say(node, text) {
    if (node.textContent !== text) {
        node.textContent = text;
    }
}

/** The same for an attribute. @param {Element} node */
export function mark(node, name, value) {
    const text = String(value);
    if (node.getAttribute(name) !== text) {
        node.setAttribute(name, text);
    }
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
    return document.getElementById(id);
}
